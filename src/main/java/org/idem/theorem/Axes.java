package org.idem.theorem;

import org.idem.array.Precision;
import org.idem.network.Activation;
import org.idem.network.Initializer;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.space.Axis;
import org.idem.space.Configuration;
import org.idem.space.Dimension;

/** Axes that several theorems have; each theorem says in which range. */
public final class Axes {
    /** Rows of images, in pixels. */
    public static final Axis.Whole HEIGHT = new Axis.Whole("height");
    /** Columns of images, in pixels. */
    public static final Axis.Whole WIDTH = new Axis.Whole("width");
    /** Channels of images. */
    public static final Axis.Whole CHANNELS = new Axis.Whole("channels");
    /** Side of kernels, in pixels. */
    public static final Axis.Whole KERNEL = new Axis.Whole("kernel");
    /** What kernels see beyond the border. */
    public static final Axis.Words<Padding> PADDING = Axis.Words.of("padding", Padding.values());
    /** Kind of the training images, by the words of the pool that they come from. */
    public static final Axis.Text IMAGE = new Axis.Text("image");
    /** Training examples. */
    public static final Axis.Whole EXAMPLES = new Axis.Whole("examples");
    /** Whether the network is convolutional. */
    public static final Axis.Words<Boolean> CONVOLUTION = Axis.Words.flag("network", "fcn", "cnn");
    /** Layers of a network. */
    public static final Axis.Whole DEPTH = new Axis.Whole("depth");
    /** Units or channels of hidden layers. */
    public static final Axis.Whole UNITS = new Axis.Whole("units");
    /** Activation of hidden layers. */
    public static final Axis.Words<Activation> ACTIVATION = Axis.Words.of("activation", Activation.values());
    /** Whether biases are trained. */
    public static final Axis.Words<Boolean> BIAS = Axis.Words.flag("bias", "none", "trained");
    /** Steps of training. */
    public static final Axis.Whole STEPS = new Axis.Whole("steps");
    /** Learning rate, in units of the largest stable one, of twice the inverse curvature or of the inverse one. */
    public static final Axis.Real RATE = new Axis.Real("rate");
    /** β of heavy ball and Nesterov's method. */
    public static final Axis.Real MOMENTUM = new Axis.Real("momentum");
    /** What momentum does, if there is any. */
    public static final Axis.Words<Method> METHOD = Axis.Words.of("method", Method.values());
    /** Weight decay ω. */
    public static final Axis.Real DECAY = new Axis.Real("decay");
    /** Normalisation of the loss. */
    public static final Axis.Words<Loss> LOSS = Axis.Words.of("loss", Loss.values());
    /** Law of the initial weights. */
    public static final Axis.Words<Initializer> INITIALIZER = Axis.Words.of("initializer", Initializer.independent());
    /** Arithmetic of training. */
    public static final Axis.Words<Precision> PRECISION = Axis.Words.of("precision", Precision.values());
    /** What trains. */
    public static final Axis.Words<Engine> ENGINE = Axis.Words.of("engine", Engine.values());

    /** Which engine trains one-layer networks, and how often. */
    public static final Dimension ENGINES_OF_LAYERS =
            ENGINE.all().weighted(14, 2, 4).orFirst();
    /** Which engine trains deep networks, and how often. */
    public static final Dimension ENGINES_OF_DEPTH =
            ENGINE.among(Engine.FAST, Engine.ND4J).weighted(9, 1).orFirst();

    /** Linear methods, of which all but the first have momentum. */
    public enum Method {
        /** Plain gradient descent. */
        DESCENT("descent"),
        /** Heavy ball. */
        HEAVY_BALL("heavy-ball"),
        /** Nesterov's method. */
        NESTEROV("nesterov");

        private final String word;

        Method(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    private Axes() {}

    /**
     * The linear method that {@link #METHOD}, {@link #MOMENTUM} and {@link #DECAY} of a configuration name.
     *
     * @param c of a space that has the first, or whose methods are all plain, and the second for the others
     * @param rate the learning rate
     * @return plain gradient descent without momentum, whatever the second says; no decay where there is no such axis
     */
    public static LinearMethod linearMethod(Configuration c, double rate) {
        Method method = c.get(METHOD, Method.DESCENT);
        return new LinearMethod(
                rate, method == Method.DESCENT ? 0 : c.get(MOMENTUM), method == Method.NESTEROV, c.get(DECAY, 0.0));
    }
}
