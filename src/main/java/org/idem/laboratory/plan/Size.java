package org.idem.laboratory.plan;

/**
 * Height and width of images, in pixels.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record Size(int height, int width) {
    /** What a word must be. */
    static final String RULE = "a side in pixels, as 14, or height and width, as 20x12, from 1 to 4096";

    private static final int GREATEST = 4096;

    /** Checks the sides. */
    public Size {
        if (height < 1 || width < 1 || height > GREATEST || width > GREATEST) {
            throw new IllegalArgumentException(
                    "sides of images must lie from 1 to " + GREATEST + ", got " + height + " and " + width);
        }
    }

    /**
     * Reads a size.
     *
     * @param word one number for a square, or two with an x between them
     * @return the size
     * @throws IllegalArgumentException if the word is another
     */
    public static Size parse(String word) {
        String[] sides = word.split("x", -1);
        if (sides.length > 2) {
            throw new IllegalArgumentException("more than two sides");
        }
        return new Size(Integer.parseInt(sides[0]), Integer.parseInt(sides[sides.length - 1]));
    }

    @Override
    public String toString() {
        return height == width ? String.valueOf(height) : height + "x" + width;
    }
}
