"""Pages of this room: papers and their register, the office's pictures, the number series."""
