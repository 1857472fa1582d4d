"""Signing in with a second factor: a code from an application, or one of ten recovery codes.

``django-otp`` keeps the devices, checks the codes and slows guessing down; here are the pages of
it in Wagtail's admin and the rule that nobody gets past them.
"""
