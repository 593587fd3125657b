"""HTTP with strangers: the only package that imports requests and urllib3.

``exchange`` does one request and its reply, under one deadline, ended at once by a token;
``download`` fetches a picture from an address that ``addresses`` allows. Nothing here follows a
redirect, tries again, knows a vendor's field or puts a query, body or header into an error.
"""
