package org.idem.laboratory.measure;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;

/** Images as samples of a readout: a row per pixel, or per image of a fully connected layer. */
final class Samples {
    private final Array layer;
    private final List<Array> wanted;
    private final int height;
    private final int width;
    private final int features;
    private final int columns;
    /** A power of two that brings the activations near 1, so that no square overflows; readouts do not depend on it. */
    private final double scale;

    Samples(Array layer, List<Array> wanted) {
        this.layer = layer;
        this.wanted = wanted;
        Region common = region(layer).and(region(wanted.get(0)));
        height = common.height();
        width = common.width();
        features = layer.size(1);
        columns = features + wanted.stream().mapToInt(thing -> thing.size(1)).sum();
        double largest = 0;
        for (double value : layer.values()) {
            largest = Math.max(largest, Math.abs(value));
        }
        scale = Math.scalb(1.0, -Math.getExponent(Math.max(largest, Double.MIN_NORMAL)));
    }

    /** Sides of an image, in pixels; a fully connected layer has one pixel. */
    record Region(int height, int width) {
        Region and(Region other) {
            return new Region(Math.min(height, other.height), Math.min(width, other.width));
        }
    }

    static Region region(Array array) {
        return array.rank() == 2 ? new Region(1, 1) : new Region(array.size(2), array.size(3));
    }

    int features() {
        return features;
    }

    int things() {
        return wanted.size();
    }

    Equations noEquations() {
        return Equations.none(features, columns - features);
    }

    /** (pixels, features + wanted) of one image. */
    DMatrixRMaj rows(int image) {
        DMatrixRMaj rows = new DMatrixRMaj(height * width, columns);
        put(layer, image, rows, 0, scale);
        int column = features;
        for (Array thing : wanted) {
            put(thing, image, rows, column, 1);
            column += thing.size(1);
        }
        return rows;
    }

    /** The first thing in what was read of an image, of the thing's kind of shape: (1, d) or (1, C′, h, w). */
    Array first(DMatrixRMaj read) {
        Array thing = wanted.get(0);
        int channels = thing.size(1);
        double[] values = new double[channels * read.numRows];
        for (int i = 0; i < values.length; i++) {
            values[i] = read.get(i % read.numRows, i / read.numRows);
        }
        return thing.rank() == 2 ? Array.of(values, 1, channels) : Array.of(values, 1, channels, height, width);
    }

    /** Copies the common centre of one image, a column per channel. */
    private void put(Array from, int image, DMatrixRMaj rows, int firstColumn, double factor) {
        Region region = region(from);
        int top = (region.height() - height) / 2;
        int left = (region.width() - width) / 2;
        int channels = from.size(1);
        double[] values = from.values();
        for (int channel = 0; channel < channels; channel++) {
            int start = (image * channels + channel) * region.height() * region.width();
            for (int y = 0; y < height; y++) {
                int row = start + (top + y) * region.width() + left;
                int to = y * width * columns + firstColumn + channel;
                for (int x = 0; x < width; x++) {
                    rows.data[to + x * columns] = factor * values[row + x];
                }
            }
        }
    }

    /** Writes the errors of one image, a thing each; what was read of it, (pixels, wanted). */
    DMatrixRMaj errors(int image, Equations.Solution readout, List<double[]> errors) {
        DMatrixRMaj rows = rows(image);
        DMatrixRMaj read = readout.read(CommonOps_DDRM.extract(rows, 0, rows.numRows, 0, features));
        int column = 0;
        for (int thing = 0; thing < wanted.size(); thing++) {
            int channels = wanted.get(thing).size(1);
            double[] missing = new double[rows.numRows * channels];
            double[] whole = new double[missing.length];
            for (int i = 0; i < missing.length; i++) {
                int pixel = i / channels;
                int channel = column + i % channels;
                whole[i] = rows.get(pixel, features + channel);
                missing[i] = read.get(pixel, channel) - whole[i];
            }
            double missed = Likeness.norm(missing);
            double size = Likeness.norm(whole);
            double ratio = missed / size;
            errors.get(thing)[image] = size > 0 ? ratio * ratio : missed == 0 ? 0 : Double.NaN;
            column += channels;
        }
        return read;
    }
}
