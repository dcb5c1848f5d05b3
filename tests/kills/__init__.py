"""The bot is killed with -9 at any moment, over and over, while people tap and speak: nothing is lost, nothing counted twice."""
