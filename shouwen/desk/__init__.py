"""Pages of the staff that cross areas: 今日, calendar effects, audit viewer."""
