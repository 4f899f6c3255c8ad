"""Reports: from trace and exercise log to pages for people."""
