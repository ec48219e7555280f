package org.idem.theory.design;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.LinearMap;
import org.idem.network.Padding;

/** Turns inputs or images into the columns that one-layer networks combine linearly. */
public final class DesignMatrix {
    private DesignMatrix() {}

    /**
     * The design matrix of a batch.
     *
     * @param network FCN: one column per example; CNN: one column per output pixel, images in order, rows in the order
     *     (channel, kernel row, kernel column); with bias a last row of ones
     * @param inputs (n, d) or (n, C, H, W)
     * @return d × n, with bias (d + 1) × n; entries are copied exactly
     */
    public static DMatrixRMaj of(LinearMap network, Array inputs) {
        int columns = columns(network, inputs);
        DMatrixRMaj design = new DMatrixRMaj(network.fanIn() + (network.bias() ? 1 : 0), columns);
        columns(network, inputs, 0, design);
        return design;
    }

    /**
     * Some columns of the design matrix of a batch, into memory that is there.
     *
     * @param network as above
     * @param inputs as above
     * @param from the first of the columns, from 0
     * @param design as many rows as the design matrix has, and as many columns as are wanted; replaced
     */
    public static void columns(LinearMap network, Array inputs, int from, DMatrixRMaj design) {
        int rows = network.fanIn();
        int columns = design.numCols;
        if (network instanceof Fcn) {
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    design.data[row * columns + column] = inputs.values()[(from + column) * rows + row];
                }
            }
        } else if (network instanceof Cnn cnn) {
            fillPatches(cnn, inputs, from, design);
        }
        if (network.bias()) {
            Arrays.fill(design.data, rows * columns, (rows + 1) * columns, 1.0);
        }
    }

    private static int columns(LinearMap network, Array inputs) {
        int[] outputs = network.outputShape(inputs.shape());
        return network instanceof Fcn ? outputs[0] : Math.multiplyExact(outputs[0], outputs[2] * outputs[3]);
    }

    private static void fillPatches(Cnn cnn, Array images, int from, DMatrixRMaj design) {
        int offset = cnn.padding().firstOffset(cnn.kernel());
        int row = 0;
        for (int channel = 0; channel < cnn.channels(); channel++) {
            for (int down = 0; down < cnn.kernel(); down++) {
                for (int right = 0; right < cnn.kernel(); right++, row++) {
                    fillRow(cnn, images, from, design, row, channel, down + offset, right + offset);
                }
            }
        }
    }

    /** One pixel of the patches: that of a channel so far below and right of the patch's middle. */
    private static void fillRow(
            Cnn cnn, Array images, int from, DMatrixRMaj design, int row, int channel, int below, int right) {
        int height = images.size(2);
        int width = images.size(3);
        int outHeight = cnn.padding().outputSize(height, cnn.kernel());
        int outWidth = cnn.padding().outputSize(width, cnn.kernel());
        int next = row * design.numCols;
        int end = next + design.numCols;
        int x = from % outWidth;
        for (int line = from / outWidth; next < end; line++, x = 0) {
            int plane = (line / outHeight * cnn.channels() + channel) * height;
            int fromRow = source(line % outHeight + below, height, cnn.padding());
            for (; x < outWidth && next < end; x++, next++) {
                int fromColumn = source(x + right, width, cnn.padding());
                design.data[next] =
                        fromRow < 0 || fromColumn < 0 ? 0 : images.values()[(plane + fromRow) * width + fromColumn];
            }
        }
    }

    /** Index of the pixel that stands at a possibly outside position, −1 for a zero. */
    private static int source(int position, int size, Padding padding) {
        return padding == Padding.CIRCULAR
                ? Math.floorMod(position, size)
                : position >= 0 && position < size ? position : -1;
    }
}
