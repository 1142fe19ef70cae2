"""No tables: errors, actors, the clock, tenancy, page helpers, base templates, the design sheet."""
