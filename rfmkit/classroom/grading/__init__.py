"""The instructor's side: personal cases out, hostile notebooks in, a gradebook at the end."""
