"""posters: the records of programmes come in, with their funding and partners.

Out go posters and project sheets as PDF (PDF/UA-1, PDF/A-2a), and QR codes of pages.
Pages of the website and files of the project may not enter.
"""
