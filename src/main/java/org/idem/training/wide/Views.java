package org.idem.training.wide;

import java.util.Arrays;
import org.idem.array.Array;
import org.idem.network.Padding;

/**
 * What hidden units and outputs see at every site: an input of a fully connected network, or a pixel of an image.
 * Training inputs come first, pixels of an image follow each other line by line.
 */
final class Views {
    private final double[][] rows;
    private final int[][] seen;
    private final int trained;

    Views(WideTask task) {
        Array train = task.train();
        boolean images = train.rank() == 4;
        int plane = images ? train.size(2) * train.size(3) : 1;
        int inputs = train.size(0) + task.probes().size(0);
        trained = train.size(0) * plane;
        rows = new double[inputs * plane][];
        seen = new int[rows.length][];
        for (int site = 0; site < rows.length; site++) {
            boolean ofTraining = site < trained;
            Array batch = ofTraining ? train : task.probes();
            int input = (ofTraining ? site : site - trained) / plane;
            if (images) {
                see(task, batch, input, site, plane);
            } else {
                int length = train.size(1);
                rows[site] = Arrays.copyOfRange(batch.values(), input * length, (input + 1) * length);
                seen[site] = new int[] {site};
            }
        }
    }

    private void see(WideTask task, Array batch, int image, int site, int plane) {
        int channels = batch.size(1);
        int height = batch.size(2);
        int width = batch.size(3);
        int side = task.kernel();
        int pixel = site % plane;
        rows[site] = new double[channels * side * side];
        seen[site] = new int[side * side];
        for (int tap = 0; tap < side * side; tap++) {
            int row = pixel / width + tap / side - side / 2;
            int column = pixel % width + tap % side - side / 2;
            boolean inside = row >= 0 && row < height && column >= 0 && column < width;
            if (!inside && task.padding() == Padding.SAME) {
                seen[site][tap] = -1;
                continue;
            }
            int there = Math.floorMod(row, height) * width + Math.floorMod(column, width);
            seen[site][tap] = site - pixel + there;
            for (int channel = 0; channel < channels; channel++) {
                rows[site][channel * side * side + tap] = batch.values()[(image * channels + channel) * plane + there];
            }
        }
    }

    int sites() {
        return rows.length;
    }

    int trained() {
        return trained;
    }

    int fanIn() {
        return rows[0].length;
    }

    int taps() {
        return seen[0].length;
    }

    /** What a hidden unit sees. */
    double[] row(int site) {
        return rows[site];
    }

    /** The site whose hidden units an output sees through a tap, −1 beyond the border. */
    int seen(int site, int tap) {
        return seen[site][tap];
    }
}
