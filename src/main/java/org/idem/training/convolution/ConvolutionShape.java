package org.idem.training.convolution;

/**
 * Sizes of a convolution of stride 1.
 *
 * @param images number of images n
 * @param rows rows of an input, margins included
 * @param columns columns of an input, margins included
 * @param channels input channels
 * @param outputs output channels
 * @param kernel side of the kernel
 * @param zeros rows and columns of zeros that the convolution itself thinks round every input, besides its margins; at
 *     least 0
 */
public record ConvolutionShape(int images, int rows, int columns, int channels, int outputs, int kernel, int zeros) {
    /**
     * Numbers of inputs or outputs, whichever are more, that a processor's cache keeps at hand: those of four images of
     * 28 x 28 pixels and 32 channels.
     */
    private static final int AT_HAND = 1 << 17;

    /**
     * A convolution whose inputs carry all their margins.
     *
     * @param images number of images n
     * @param rows rows of an input, margins included
     * @param columns columns of an input, margins included
     * @param channels input channels
     * @param outputs output channels
     * @param kernel side of the kernel
     */
    public ConvolutionShape(int images, int rows, int columns, int channels, int outputs, int kernel) {
        this(images, rows, columns, channels, outputs, kernel, 0);
    }

    /**
     * The same convolution on inputs that carry the zeros as margins.
     *
     * @return a shape without thought zeros
     */
    public ConvolutionShape withMargins() {
        return new ConvolutionShape(images, rows + 2 * zeros, columns + 2 * zeros, channels, outputs, kernel);
    }

    /** The same convolution of as many images, at least one, as the processor's cache keeps at hand. */
    ConvolutionShape withFewImages() {
        int numbers = Math.max(inputLength(), outputLength()) / images;
        return withImages(Math.min(images, Math.max(1, AT_HAND / numbers)));
    }

    /** The same convolution of another number of images. */
    ConvolutionShape withImages(int number) {
        return new ConvolutionShape(number, rows, columns, channels, outputs, kernel, zeros);
    }

    int outputRows() {
        return rows + 2 * zeros - kernel + 1;
    }

    int outputColumns() {
        return columns + 2 * zeros - kernel + 1;
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
