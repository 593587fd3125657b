"""The only threads: a lane for tasks, the camera's thread, the watcher of devices. QtCore alone.

Every thread is a plain daemon thread, so that nothing that hangs keeps the program from ending.
What a thread has to tell goes through an ``Outlet`` and arrives on the window's thread; no
QObject is ever touched, or let go, by another thread than its own.
"""
