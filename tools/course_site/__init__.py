"""The course as a web site: see tools/make_course_site.py."""
