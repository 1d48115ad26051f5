"""Published tables that are fetched over the network, when a user says so: ACLED's and UCDP's services, GDELT's files.

Everything that comes is kept on a shelf before it is imported, so that a fetch that was stopped goes on where it was.
"""
