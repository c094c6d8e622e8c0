"""The checks of `manage.py doctor`: each module yields findings about one part of what a fair needs."""
