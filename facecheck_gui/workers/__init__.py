"""The window's threads: lanes for tasks, the camera's, the watcher of devices. QtCore alone.

``web.exchange`` and ``doctor.examination`` start threads of their own, each for one errand.

Every thread is a plain daemon thread, so that nothing that hangs keeps the program from ending.
What a thread has to tell goes through an ``Outlet`` and arrives on the window's thread; no
QObject is ever touched, or let go, by another thread than its own.
"""
