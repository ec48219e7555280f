package org.idem.training.convolution;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import org.idem.array.Precision;
import org.idem.training.memory.GrowingMemory;
import org.idem.training.memory.Memory;
import org.idem.training.memory.MemoryScope;
import org.idem.training.run.Footprint;
import org.jspecify.annotations.Nullable;

/**
 * Picks the way in which a convolution is computed, by its shape. The convolutions that one instance makes must never
 * run at the same time, because they share memory.
 */
public final class Convolutions {
    /** Most numbers per pixel where all kernel positions are laid out in memory. */
    private static final int MOST_UNFOLDED = 256;

    /** Least number of channels and of outputs with which Winograd's transforms save more time than they take. */
    private static final int MANY_CHANNELS = 16;

    /** Least number of channels of a single output whose products are made at once. */
    private static final int MANY_FOR_ONE = 8;

    /** Least number of channels and of outputs with which transforms beat oneDNN's direct kernels. */
    private static final int WIDE = 32;

    /** Fewer pixels than this leave transforms with small products. */
    private static final int PIXELS = 576;

    /** The same for several blocks of a kernel. */
    private static final int WIDE_FOR_BLOCKS = 64;

    /** Least side of kernels for which oneDNN has no direct code. */
    private static final int NO_DIRECT = 15;

    private static final boolean WIDE_BLAS = BlasCode.isWide(System.getenv().getOrDefault("OPENBLAS_CORETYPE", ""));

    private final Precision precision;
    private final boolean plainSums;
    private final int threads;
    private final MemoryScope scope = MemoryScope.entered();
    private final GrowingMemory products;
    private @Nullable WinogradScratch scratch;

    /** These keep nothing between their passes, so layers of one shape share one, and its memory stays in cache. */
    private final Map<DirectKey, Optional<Convolution>> direct = new HashMap<>();

    private final Map<ConvolutionShape, WeightOrder> orders = new HashMap<>();

    private record DirectKey(ConvolutionShape shape, WeightOrder order) {}

    /** Numbers that convolutions of the library need, once asked for; empty where it has none. */
    private static final Map<LibraryKey, OptionalDouble> LIBRARY = new ConcurrentHashMap<>();

    private record LibraryKey(ConvolutionShape shape, boolean gradients, int threads) {}

    private Convolutions(Precision precision, boolean plainSums, int threads) {
        this.precision = precision;
        this.plainSums = plainSums;
        this.threads = threads;
        products = new GrowingMemory(0, precision);
    }

    /**
     * Sums of products by BLAS, as rounding budgets assume (proofs/rounding.md, section 1); on one thread.
     *
     * @param precision arithmetic of the sums
     * @return a choice among patches, scattered patches and shifted products
     */
    public static Convolutions ofPlainSums(Precision precision) {
        return new Convolutions(precision, true, 1);
    }

    /**
     * Whatever is fastest.
     *
     * @param precision arithmetic of the sums
     * @param threads to share large convolutions among, at least 1
     * @return a choice among all ways
     */
    public static Convolutions fastest(Precision precision, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
        return new Convolutions(precision, false, threads);
    }

    /**
     * The order in which weights should be stored, so that the convolution of a shape copies as few as it can.
     *
     * @param shape sizes, with zeros where the convolution may think them
     * @return an order that all convolutions here can take
     */
    public WeightOrder order(ConvolutionShape shape) {
        return mayBeDirect(shape)
                ? orders.computeIfAbsent(shape, key -> OneDnn.ownedBy(scope, () -> orderOfLibrary(key)))
                : WeightOrder.PLAIN;
    }

    private WeightOrder orderOfLibrary(ConvolutionShape shape) {
        return (suitsLibraryTransforms(shape) ? OneDnnWinograd.order(shape, threads) : Optional.<WeightOrder>empty())
                .orElseGet(() -> OneDnnConvolution.order(shape, threads));
    }

    /**
     * A convolution.
     *
     * @param shape sizes; inputs carry all their margins
     * @param order of the weights
     * @return a convolution for one thread at a time
     */
    public Convolution of(ConvolutionShape shape, WeightOrder order) {
        return direct(shape, order).orElseGet(() -> inOrder(byProducts(shape), shape, order));
    }

    /**
     * A convolution that gives the same bits and no gradients. All of them share their memory.
     *
     * @param shape sizes; inputs carry all their margins
     * @param order of the weights
     * @return a convolution for forward passes of one thread at a time
     */
    public Convolution forwardOnly(ConvolutionShape shape, WeightOrder order) {
        return direct(shape, order)
                .orElseGet(
                        () -> inOrder(transforms(shape) ? transforming(shape) : bySums(shape, products), shape, order));
    }

    /**
     * Counts the memory that a convolution needs besides outputs and weights, without making it.
     *
     * @param bare sizes, with zeros where the convolution may think them
     * @param wraps whether the zeros are margins that continue the inputs
     * @param gradients whether it is one of {@link #of}, which keeps what gradients need, or one of
     *     {@link #forwardOnly}
     * @param reordered whether weights are in the order of the library
     * @param pass gets what is freed with the pass
     * @param all gets what lives as long as these convolutions
     * @return whether a library does it, which may want an order of its own
     */
    public boolean count(
            ConvolutionShape bare, boolean wraps, boolean gradients, boolean reordered, Footprint pass, Footprint all) {
        ConvolutionShape framed = bare.withMargins();
        boolean thinks = !wraps && countLibrary(bare, gradients, all);
        boolean library = thinks || countLibrary(framed, gradients, all);
        boolean transforms = !library && transforms(bare);
        ConvolutionShape shape = transforms && !wraps ? bare : framed;
        if (!thinks && shape.equals(framed) && bare.zeros() > 0) {
            double length = numbersOf(framed.images(), framed.rows(), framed.columns(), framed.channels());
            if (gradients && !transforms) {
                pass.add(length);
            } else {
                pass.share("inputs " + framed, length);
            }
            pass.share("gradients " + framed, gradients ? length : 0);
        }
        if (library) {
            return true;
        }
        if (reordered) {
            double weights = numbersOf(framed.kernel(), framed.kernel(), framed.channels(), framed.outputs());
            pass.add(2 * weights);
            pass.addHeap(2 * Double.BYTES * weights);
        }
        if (transforms) {
            WinogradConvolution.count(gradients ? shape : shape.withFewImages(), gradients, threads, pass, all);
        } else {
            countSums(framed, gradients, pass, all);
        }
        return false;
    }

    private boolean countLibrary(ConvolutionShape shape, boolean gradients, Footprint all) {
        if (!mayBeDirect(shape) || !OneDnn.isAvailable()) {
            return false;
        }
        OptionalDouble numbers = LIBRARY.computeIfAbsent(
                new LibraryKey(shape, gradients, threads),
                key -> MemoryScope.within(() -> OneDnn.ownedBy(MemoryScope.entered(), () -> ofLibrary(key))));
        numbers.ifPresent(count -> all.share(shape, count));
        return numbers.isPresent();
    }

    private static OptionalDouble ofLibrary(LibraryKey key) {
        OptionalDouble transforms = suitsLibraryTransforms(key.shape())
                ? OneDnnWinograd.numbers(key.shape(), key.gradients(), key.threads())
                : OptionalDouble.empty();
        return transforms.isPresent()
                ? transforms
                : OneDnnConvolution.numbers(key.shape(), key.gradients(), key.threads());
    }

    private void countSums(ConvolutionShape shape, boolean gradients, Footprint pass, Footprint all) {
        double pixels = numbersOf(shape.images(), shape.rows(), shape.columns(), 1);
        double sites = numbersOf(shape.images(), shape.outputRows(), shape.outputColumns(), 1);
        double area = (double) shape.kernel() * shape.kernel();
        if (!plainSums && precision == Precision.FLOAT32 && isSingleOutput(shape)) {
            pass.add(2 * area * pixels / shape.images());
            return;
        }
        boolean patches = shape.channels() <= shape.outputs();
        double laidOut = !isUnfolded(shape) ? pixels * shape.outputs() : (patches ? sites : pixels) * unfolded(shape);
        if (gradients) {
            pass.add(laidOut);
        } else {
            all.share("products", laidOut);
        }
        if (isUnfolded(shape) && !patches) {
            // weights in an order of its own
            pass.add(area * shape.channels() * shape.outputs());
        }
        if (isUnfolded(shape)) {
            double numbers = patches
                    ? pixels * shape.channels()
                    : sites * shape.outputs() + 2 * area * shape.channels() * shape.outputs();
            pass.addHeap(Double.BYTES * (numbers + (double) unfolded(shape) * shape.columns()));
        }
    }

    private static double numbersOf(double images, double rows, double columns, double channels) {
        return images * rows * columns * channels;
    }

    /** A convolution by Winograd's transforms, of a few images at a time, that only goes forward. */
    Convolution transforming(ConvolutionShape shape) {
        ConvolutionShape few = shape.withFewImages();
        Convolution ofFew = WinogradConvolution.forwardOnly(few, scratch());
        int left = shape.images() % few.images();
        Convolution ofRest = left == 0 ? null : WinogradConvolution.forwardOnly(shape.withImages(left), scratch());
        return few.images() == shape.images() ? ofFew : new FewAtOnce(few, shape.images() - left, ofFew, ofRest);
    }

    /** Goes forward through a few images at a time, so that what it makes of them stays in the processor's cache. */
    private record FewAtOnce(
            ConvolutionShape few,
            int whole,
            Convolution ofFew,
            @Nullable Convolution ofRest) implements Convolution {
        @Override
        public void forward(Memory weights, Memory inputs, Memory outputs) {
            for (int image = 0; image < whole; image += few.images()) {
                ofFew.forward(
                        weights, from(inputs, image, few.inputLength()), from(outputs, image, few.outputLength()));
            }
            if (ofRest != null) {
                ofRest.forward(
                        weights, from(inputs, whole, few.inputLength()), from(outputs, whole, few.outputLength()));
            }
        }

        /** From an image on. */
        private Memory from(Memory images, int image, int lengthOfFew) {
            return images.from((long) image * (lengthOfFew / few.images()));
        }

        @Override
        public void backward(
                Memory weights, Memory inputs, Memory outputs, Memory ofWeights, @Nullable Memory ofInputs) {
            throw new UnsupportedOperationException("a convolution that only goes forward has no gradients");
        }
    }

    private WinogradScratch scratch() {
        if (scratch == null) {
            scratch = scope.holding(() -> new WinogradScratch(threads));
        }
        return scratch;
    }

    private Convolution inOrder(Convolution plain, ConvolutionShape shape, WeightOrder order) {
        return order.isPlain() ? plain : new ReorderedConvolution(plain, shape, order, precision);
    }

    /**
     * A convolution that thinks zeros round its inputs, or a part of them ({@link ConvolutionShape#zeros}).
     *
     * @param shape sizes
     * @param order of the weights
     * @param gradients whether it is one of {@link #of} or one of {@link #forwardOnly}
     * @return empty if no fast convolution does; then these take the shape with margins
     */
    public Optional<Convolution> addingZeros(ConvolutionShape shape, WeightOrder order, boolean gradients) {
        Optional<Convolution> direct = direct(shape, order);
        return direct.isPresent()
                        || !transforms(shape)
                        || direct(shape.withMargins(), order).isPresent()
                ? direct
                : Optional.of(gradients ? of(shape, order) : forwardOnly(shape, order));
    }

    private Optional<Convolution> direct(ConvolutionShape shape, WeightOrder order) {
        return mayBeDirect(shape)
                ? direct.computeIfAbsent(
                        new DirectKey(shape, order), key -> OneDnn.ownedBy(scope, () -> ofLibrary(shape, order)))
                : Optional.empty();
    }

    private Optional<Convolution> ofLibrary(ConvolutionShape shape, WeightOrder order) {
        Optional<Convolution> transforming =
                suitsLibraryTransforms(shape) ? OneDnnWinograd.ifPossible(shape, order, threads) : Optional.empty();
        return transforming.isPresent() || order.isInBlocks()
                ? transforming
                : OneDnnConvolution.ifFast(shape, order, threads);
    }

    private boolean mayBeDirect(ConvolutionShape shape) {
        return !plainSums
                && precision == Precision.FLOAT32
                && !(WIDE_BLAS && isWorthTransforming(shape))
                && !isSingleOutput(shape);
    }

    /**
     * Whether oneDNN's own Winograd transforms beat its direct kernels. One layer of 28 × 28 pixels and a kernel of
     * side 3 took this share of the direct kernels' time on one thread: 0.62 with 32 channels, 0.5 with 64, 0.45 with
     * 128. With fewer pixels or channels the direct kernels are faster, up to twice as fast. A kernel of side 9 is nine
     * such kernels and takes 0.5 with 128 channels; one of side 6 would gain nothing.
     */
    static boolean suitsLibraryTransforms(ConvolutionShape shape) {
        boolean large = shape.kernel() > 2 * OneDnnWinograd.SIDE;
        boolean direct = shape.kernel() < NO_DIRECT;
        return (shape.kernel() == OneDnnWinograd.SIDE || large)
                && isWide(shape, large && direct ? WIDE_FOR_BLOCKS : WIDE)
                && shape.channels() % OneDnnWinograd.LANES == 0
                && shape.outputs() % OneDnnWinograd.LANES == 0;
    }

    /**
     * Whether Winograd's transforms with OpenBLAS's widest code beat oneDNN for kernels of side 5 and 7. One layer of
     * 28 × 28 pixels, forward and backward, took this share of oneDNN's time on one thread: 0.54 with side 5 and 128
     * channels, 0.63 with 32; 0.50 with side 7 and 128 channels, 0.60 with 32. On two threads, with 32 channels: 0.77
     * with side 5, 0.68 with side 7. With fewer channels or pixels oneDNN is up to five times faster.
     */
    static boolean isWorthTransforming(ConvolutionShape shape) {
        return (shape.kernel() == 5 || shape.kernel() == 7) && isWide(shape, WIDE);
    }

    private static boolean isWide(ConvolutionShape shape, int channels) {
        return Math.min(shape.channels(), shape.outputs()) >= channels
                && shape.outputRows() * shape.outputColumns() >= PIXELS;
    }

    /**
     * Whether there is one output of several channels, of which oneDNN computes sixteen to throw fifteen away. Products
     * of all positions at once took a third of its time with 8 to 32 channels, a fifth with a kernel of side 5.
     */
    private static boolean isSingleOutput(ConvolutionShape shape) {
        return shape.outputs() == 1 && shape.channels() >= MANY_FOR_ONE;
    }

    private Convolution byProducts(ConvolutionShape shape) {
        return transforms(shape)
                ? new WinogradConvolution(shape, scratch())
                : bySums(shape, new GrowingMemory(0, precision));
    }

    /** @param products memory that the convolution may use and keep */
    private Convolution bySums(ConvolutionShape shape, GrowingMemory products) {
        if (!plainSums && precision == Precision.FLOAT32 && isSingleOutput(shape)) {
            return new SingleOutputConvolution(shape);
        }
        if (!isUnfolded(shape)) {
            return new ShiftedConvolution(shape, products);
        }
        return shape.channels() <= shape.outputs()
                ? new PatchConvolution(shape, products)
                : new ScatterConvolution(shape, precision, products);
    }

    /** Whether patches, or products before they are summed, are small enough to be laid out in memory. */
    private static boolean isUnfolded(ConvolutionShape shape) {
        return unfolded(shape) <= MOST_UNFOLDED;
    }

    /** Numbers of a patch, or products that an input has a part in, whichever are fewer. */
    private static long unfolded(ConvolutionShape shape) {
        return (long) Math.min(shape.channels(), shape.outputs()) * shape.kernel() * shape.kernel();
    }

    private boolean transforms(ConvolutionShape shape) {
        return !plainSums
                && precision == Precision.FLOAT32
                && WinogradTransform.exists(shape.kernel())
                && Math.min(shape.channels(), shape.outputs()) >= MANY_CHANNELS;
    }
}
