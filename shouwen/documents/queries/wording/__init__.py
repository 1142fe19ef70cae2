"""The sentences of the papers, made once so that the PDF and the Word copy say the same.

Each function takes checked data of its shape and gives it back with the sentences added.
"""
