package org.idem.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Digits as a pen draws them: polylines in a unit box, x to the right, y downwards.
 *
 * <p>Each handwriting has its own slant, rotation, proportions, pen width and slow wobble of the lines.
 */
final class DigitStrokes {
    /** Width of a digit over its height. */
    private static final double ASPECT = 0.68;
    /** Share of the shorter side of the image that a digit fills, as 20 of MNIST's 28 rows. */
    private static final double FILL = 0.72;

    private static final int PIECES = 24;

    private final List<double[][]> lines = new ArrayList<>();

    private DigitStrokes(int digit) {
        switch (digit) {
            case 0 -> arc(0.5, 0.5, 0.46, 0.5, 0, 360);
            case 1 -> line(0.2, 0.2, 0.56, 0, 0.56, 1);
            case 2 -> {
                double[][] top = arc(0.48, 0.29, 0.42, 0.29, -170, 35);
                double[] end = top[top.length - 1];
                line(end[0], end[1], 0.04, 1, 0.98, 1);
            }
            case 3 -> {
                arc(0.44, 0.255, 0.42, 0.255, -150, 90);
                arc(0.44, 0.745, 0.5, 0.255, -90, 150);
            }
            case 4 -> line(0.72, 1, 0.72, 0, 0.02, 0.68, 1, 0.68);
            case 5 -> {
                double[][] bowl = arc(0.44, 0.68, 0.48, 0.32, -140, 150);
                line(0.92, 0, 0.18, 0, bowl[0][0], bowl[0][1]);
            }
            case 6 -> {
                arc(0.5, 0.69, 0.44, 0.31, 0, 360);
                curve(0.78, 0, 0.16, 0.2, 0.06, 0.69);
            }
            case 7 -> line(0.02, 0, 0.98, 0, 0.36, 1);
            case 8 -> {
                arc(0.5, 0.24, 0.37, 0.24, 0, 360);
                arc(0.5, 0.74, 0.46, 0.26, 0, 360);
            }
            default -> {
                arc(0.48, 0.31, 0.44, 0.31, 0, 360);
                curve(0.92, 0.31, 0.92, 0.8, 0.5, 1);
            }
        }
    }

    /**
     * Draws a digit.
     *
     * @param digit 0 to 9
     * @param random determines the handwriting
     * @return ink in [0, 1] per pixel, (H, W) in C order
     */
    static double[] draw(int digit, int height, int width, SplitMix64 random) {
        DigitStrokes strokes = new DigitStrokes(digit);
        double side = FILL * Math.min(height, width);
        double pen = side * random.uniform(0.055, 0.085);
        strokes.write(random, side, width / 2.0, height / 2.0);
        double[] squares = new double[height * width];
        Arrays.fill(squares, Double.POSITIVE_INFINITY);
        for (double[][] line : strokes.lines) {
            for (int i = 1; i < line.length; i++) {
                approach(squares, height, width, line[i - 1], line[i], pen + 0.5);
            }
        }
        double[] ink = new double[squares.length];
        for (int pixel = 0; pixel < ink.length; pixel++) {
            double distance = StrictMath.sqrt(squares[pixel]);
            // The pen is a disc; its edge covers a pixel by the share that a straight edge at this distance would.
            ink[pixel] = Math.min(1, Math.max(0, pen - distance + 0.5));
        }
        return ink;
    }

    /** Lowers the squared distances of all pixels that the line could ink, and of some of their neighbours. */
    private static void approach(double[] squares, int height, int width, double[] from, double[] to, double reach) {
        int firstRow = (int) Math.max(0, Math.min(from[1], to[1]) - reach - 1);
        int lastRow = (int) Math.min(height - 1.0, Math.max(from[1], to[1]) + reach);
        int firstColumn = (int) Math.max(0, Math.min(from[0], to[0]) - reach - 1);
        int lastColumn = (int) Math.min(width - 1.0, Math.max(from[0], to[0]) + reach);
        for (int row = firstRow; row <= lastRow; row++) {
            for (int column = firstColumn; column <= lastColumn; column++) {
                int pixel = row * width + column;
                squares[pixel] = Math.min(squares[pixel], squaredDistance(column + 0.5, row + 0.5, from, to));
            }
        }
    }

    /** Moves the lines from the unit box to pixels of the image, through the deformations of one handwriting. */
    private void write(SplitMix64 random, double side, double centreX, double centreY) {
        double slant = random.uniform(-0.08, 0.28);
        double angle = random.uniform(-0.09, 0.09);
        double scaleX = ASPECT * random.uniform(0.88, 1.14);
        double scaleY = random.uniform(0.92, 1.04);
        double wobble = random.uniform(0.01, 0.03);
        double phaseX = random.uniform(0, 2 * StrictMath.PI);
        double phaseY = random.uniform(0, 2 * StrictMath.PI);
        double shiftX = centreX + 0.03 * side * random.uniform(-1, 1);
        double shiftY = centreY + 0.03 * side * random.uniform(-1, 1);
        double cosine = StrictMath.cos(angle);
        double sine = StrictMath.sin(angle);
        for (double[][] line : lines) {
            for (double[] point : line) {
                double bentX = point[0] - 0.5 + wobble * StrictMath.sin(5 * point[1] + phaseX);
                double bentY = point[1] - 0.5 + wobble * StrictMath.sin(5 * point[0] + phaseY);
                double x = scaleX * bentX - slant * bentY;
                double y = scaleY * bentY;
                point[0] = shiftX + side * (cosine * x - sine * y);
                point[1] = shiftY + side * (sine * x + cosine * y);
            }
        }
    }

    private static double squaredDistance(double x, double y, double[] from, double[] to) {
        double alongX = to[0] - from[0];
        double alongY = to[1] - from[1];
        double squaredLength = alongX * alongX + alongY * alongY;
        double share = squaredLength == 0
                ? 0
                : Math.min(1, Math.max(0, ((x - from[0]) * alongX + (y - from[1]) * alongY) / squaredLength));
        double dx = x - from[0] - share * alongX;
        double dy = y - from[1] - share * alongY;
        return dx * dx + dy * dy;
    }

    /** Straight lines through corners, cut into pieces so that the wobble bends them. */
    private void line(double... corners) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i + 3 < corners.length; i += 2) {
            for (int piece = i == 0 ? 0 : 1; piece <= PIECES; piece++) {
                double share = (double) piece / PIECES;
                points.add(new double[] {
                    corners[i] + share * (corners[i + 2] - corners[i]),
                    corners[i + 1] + share * (corners[i + 3] - corners[i + 1])
                });
            }
        }
        lines.add(points.toArray(double[][]::new));
    }

    /** An elliptic arc, angles in degrees clockwise from the right; returns its points as still to be deformed. */
    private double[][] arc(double x, double y, double radiusX, double radiusY, double from, double to) {
        double[][] points = new double[2 * PIECES + 1][];
        double[][] copy = new double[points.length][];
        for (int i = 0; i < points.length; i++) {
            double angle = StrictMath.toRadians(from + (to - from) * i / (points.length - 1));
            points[i] = new double[] {x + radiusX * StrictMath.cos(angle), y + radiusY * StrictMath.sin(angle)};
            copy[i] = points[i].clone();
        }
        lines.add(points);
        return copy;
    }

    /** A parabola from the first point to the third whose tangents there meet in the second. */
    private void curve(double x0, double y0, double x1, double y1, double x2, double y2) {
        double[][] points = new double[PIECES + 1][];
        for (int i = 0; i <= PIECES; i++) {
            double t = (double) i / PIECES;
            double u = 1 - t;
            points[i] =
                    new double[] {u * u * x0 + 2 * u * t * x1 + t * t * x2, u * u * y0 + 2 * u * t * y1 + t * t * y2};
        }
        lines.add(points);
    }
}
