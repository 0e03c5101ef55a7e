"""What runs in the sandbox, beside the student's code: no key, no secret, nothing of others.

`confine.bundle` copies these modules, with the rest of the kit, to where they run. They import only
what goes in with them.
"""
