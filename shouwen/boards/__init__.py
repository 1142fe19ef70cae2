"""Full-screen boards for the hall."""
