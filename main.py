"""Starts the program from source: `main.py [FOLDER]`."""

from uniqa_desktop.launch import main

if __name__ == "__main__":
    main()
