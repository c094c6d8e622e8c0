"""Texts, numbers, times and pages in English, Chinese and Urdu."""
