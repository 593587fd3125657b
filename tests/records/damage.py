"""What happens to files: a bad disk, a copy that was cut short."""

from pathlib import Path

_PAGE_BYTES = 4096


def flip_pages(file: Path) -> None:
    """Every byte of the file's last three quarters is another; its first pages are as they were."""
    content = bytearray(file.read_bytes())
    start = max(_PAGE_BYTES, len(content) // 4 // _PAGE_BYTES * _PAGE_BYTES)
    content[start:] = bytes(byte ^ 0xFF for byte in content[start:])
    file.write_bytes(content)
