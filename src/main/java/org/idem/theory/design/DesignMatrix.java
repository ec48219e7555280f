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
        int rows = network.fanIn();
        DMatrixRMaj design = new DMatrixRMaj(rows + (network.bias() ? 1 : 0), columns);
        if (network instanceof Fcn) {
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    design.data[row * columns + column] = inputs.values()[column * rows + row];
                }
            }
        } else if (network instanceof Cnn cnn) {
            fillPatches(cnn, inputs, design);
        }
        if (network.bias()) {
            Arrays.fill(design.data, rows * columns, (rows + 1) * columns, 1.0);
        }
        return design;
    }

    private static int columns(LinearMap network, Array inputs) {
        int[] outputs = network.outputShape(inputs.shape());
        return network instanceof Fcn ? outputs[0] : Math.multiplyExact(outputs[0], outputs[2] * outputs[3]);
    }

    private static void fillPatches(Cnn cnn, Array images, DMatrixRMaj design) {
        int height = images.size(2);
        int width = images.size(3);
        int outHeight = cnn.padding().outputSize(height, cnn.kernel());
        int outWidth = cnn.padding().outputSize(width, cnn.kernel());
        int offset = cnn.padding().firstOffset(cnn.kernel());
        int row = 0;
        for (int channel = 0; channel < cnn.channels(); channel++) {
            for (int down = 0; down < cnn.kernel(); down++) {
                for (int right = 0; right < cnn.kernel(); right++, row++) {
                    int next = row * design.numCols;
                    for (int image = 0; image < images.size(0); image++) {
                        int plane = (image * cnn.channels() + channel) * height;
                        for (int y = 0; y < outHeight; y++) {
                            int fromRow = source(y + down + offset, height, cnn.padding());
                            for (int x = 0; x < outWidth; x++, next++) {
                                int fromColumn = source(x + right + offset, width, cnn.padding());
                                design.data[next] = fromRow < 0 || fromColumn < 0
                                        ? 0
                                        : images.values()[(plane + fromRow) * width + fromColumn];
                            }
                        }
                    }
                }
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
