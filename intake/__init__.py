"""Bringing in what staff have: spreadsheets, published lists, reports and project files.

One path for every kind of file: read → project file in memory → check → review → load. A further
kind is one module of ``kinds`` (see there); nothing else asks what kind of file something was.
"""
