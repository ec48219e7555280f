package org.idem.image;

import java.util.Arrays;

/** The patterns other than digits, each one channel of (H, W) in C order with values in [0, 1]. */
final class Patterns {
    /** Directions of lines: steps of the pattern per column and per row. */
    private static final int[][] DIRECTIONS = {{1, 0}, {0, 1}, {1, 1}, {1, -1}, {1, 2}, {2, -1}};

    private Patterns() {}

    /** Bright and dark stripes of whole pixels in one of six directions. */
    static double[] lines(int height, int width, SplitMix64 random) {
        int[] direction = DIRECTIONS[random.integer(0, DIRECTIONS.length - 1)];
        int bright = random.integer(1, Math.max(1, Math.min(height, width) / 7));
        int period = bright + random.integer(1, Math.max(1, Math.min(height, width) / 5));
        int phase = random.integer(0, period - 1);
        double[] values = new double[height * width];
        for (int i = 0; i < values.length; i++) {
            long place = (long) direction[0] * (i % width) + (long) direction[1] * (i / width) + phase;
            values[i] = Math.floorMod(place, (long) period) < bright ? 1 : 0;
        }
        return values;
    }

    /** Alternating squares of 0 and 1. */
    static double[] checkerboard(int height, int width, SplitMix64 random) {
        int cell = random.integer(1, Math.max(1, Math.min(height, width) / 5));
        int phase = random.integer(0, 2 * cell - 1);
        double[] values = new double[height * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = ((i / width + phase) / cell + (i % width + phase / 2) / cell) % 2;
        }
        return values;
    }

    /** A linear slope in a random direction, from 0 in one corner to 1 in the opposite one; 1/2 for a single pixel. */
    static double[] gradient(int height, int width, SplitMix64 random) {
        double angle = random.uniform(0, 2 * StrictMath.PI);
        double slopeX = StrictMath.cos(angle);
        double slopeY = StrictMath.sin(angle);
        double extent = Math.abs(slopeX) * (width - 1) + Math.abs(slopeY) * (height - 1);
        double[] values = new double[height * width];
        for (int i = 0; i < values.length; i++) {
            int row = i / width;
            double place = slopeX * (i % width - (width - 1) / 2.0) + slopeY * (row - (height - 1) / 2.0);
            values[i] = extent == 0 ? 0.5 : bounded(0.5 + place / extent);
        }
        return values;
    }

    /** Two to five soft spots (Gaussian bells), their sum cut at 1. */
    static double[] blobs(int height, int width, SplitMix64 random) {
        double[] values = new double[height * width];
        int count = random.integer(2, 5);
        for (int blob = 0; blob < count; blob++) {
            double x = random.uniform(0.1, 0.9) * width;
            double y = random.uniform(0.1, 0.9) * height;
            double radius = Math.max(0.5, random.uniform(0.06, 0.18) * Math.min(height, width));
            double strength = random.uniform(0.5, 1);
            for (int i = 0; i < values.length; i++) {
                int row = i / width;
                double dx = i % width + 0.5 - x;
                double dy = row + 0.5 - y;
                values[i] += strength * StrictMath.exp(-(dx * dx + dy * dy) / (2 * radius * radius));
            }
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = bounded(values[i]);
        }
        return values;
    }

    /** Independent uniform values. */
    static double[] noise(int height, int width, SplitMix64 random) {
        double[] values = new double[height * width];
        Arrays.setAll(values, i -> random.uniform());
        return values;
    }

    /** One value everywhere, between 1/10 and 1. */
    static double[] constant(int height, int width, SplitMix64 random) {
        double[] values = new double[height * width];
        Arrays.fill(values, random.uniform(0.1, 1));
        return values;
    }

    private static double bounded(double value) {
        return Math.min(1, Math.max(0, value));
    }
}
