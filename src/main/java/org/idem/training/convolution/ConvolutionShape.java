package org.idem.training.convolution;

/**
 * Sizes of a convolution of stride 1 whose inputs carry their margins.
 *
 * @param images number of images n
 * @param rows rows of an input with margins
 * @param columns columns of an input with margins
 * @param channels input channels
 * @param outputs output channels
 * @param kernel side of the kernel
 */
public record ConvolutionShape(int images, int rows, int columns, int channels, int outputs, int kernel) {
    int outputRows() {
        return rows - kernel + 1;
    }

    int outputColumns() {
        return columns - kernel + 1;
    }

    /**
     * Number of input elements.
     *
     * @return images · rows · columns · channels, margins included
     */
    public int inputLength() {
        return Math.multiplyExact(Math.multiplyExact(images * rows, columns), channels);
    }

    int outputLength() {
        return Math.multiplyExact(Math.multiplyExact(images * outputRows(), outputColumns()), outputs);
    }

    int weightLength() {
        return Math.multiplyExact(Math.multiplyExact(kernel * kernel, channels), outputs);
    }
}
