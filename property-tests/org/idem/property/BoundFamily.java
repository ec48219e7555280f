package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.Padding;
import org.idem.theory.design.DesignMatrix;
import org.idem.theory.generalisation.ErrorLaw;
import org.idem.theory.generalisation.KernelBounds;
import org.idem.theory.generalisation.Unlearned;
import org.idem.theory.law.QuadraticFormLaw;

/** Bounds on the error of trained CNNs over random initial filters. */
abstract class BoundFamily extends KnownTheoremProperties {
    private static final List<ToDoubleFunction<KernelBounds>> BOUNDS = List.of(
            KernelBounds::lawBound,
            KernelBounds::closedBound,
            KernelBounds::allImagesBound,
            KernelBounds::imageBound,
            KernelBounds::uniformBound,
            KernelBounds::paperBound);

    BoundFamily(String id, int trials) {
        super(id, trials);
    }

    /** A network with few training patches, so that something stays open. */
    private record Draw(Cnn cnn, Unlearned unlearned, Array test) {
        static Draw of(SplittableRandom random) {
            Cnn cnn = new Cnn(2, 2, 3, Padding.VALID, false);
            Array train = Scene.numbers(random, 1, 2, 4, 5);
            return new Draw(cnn, Unlearned.inTheLimit(DesignMatrix.of(cnn, train)), Scene.numbers(random, 1, 2, 5, 4));
        }

        KernelBounds bounds(Array images, double failure, double largestPixel) {
            return KernelBounds.of(unlearned, cnn, images, 0.25, failure, largestPixel);
        }
    }

    /** Pixels of twice the size make errors of four times the size, and so do all bounds. */
    @Property(tries = 5)
    void errorsScaleWithTheSquareOfPixels(@ForAll long seed) {
        Draw draw = Draw.of(new SplittableRandom(seed));
        KernelBounds plain = draw.bounds(draw.test, 0.01, 1);
        KernelBounds bright = draw.bounds(Examples.scaled(draw.test, 2), 0.01, 2);
        assertTrue(plain.imageBound() > 0);
        assertEquals(4 * plain.meanError(), bright.meanError());
        for (ToDoubleFunction<KernelBounds> bound : BOUNDS) {
            // factors of two change no digit
            assertEquals(4 * bound.applyAsDouble(plain), bound.applyAsDouble(bright));
        }
    }

    /** Who wants to be surer gets no smaller bound; nor does who asks about more images. */
    @Property(tries = 5)
    void boundsGrowWithWhatTheyPromise(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Draw draw = Draw.of(random);
        KernelBounds plain = draw.bounds(draw.test, 0.01, 1);
        KernelBounds surer = draw.bounds(draw.test, 0.001, 1);
        Array more = Array.concatenate(List.of(draw.test, Scene.numbers(random, 1, 2, 5, 4)));
        assertTrue(surer.quantile() > plain.quantile());
        for (ToDoubleFunction<KernelBounds> bound : BOUNDS) {
            assertTrue(bound.applyAsDouble(surer) > bound.applyAsDouble(plain));
        }
        assertTrue(draw.bounds(more, 0.01, 1).imageBound() >= plain.imageBound());
        assertEquals(plain.uniformBound(), draw.bounds(more, 0.01, 1).uniformBound());
        // one image is one of all images, whose pixels are at most 1 here
        assertTrue(plain.imageBound() <= plain.paperBound() && plain.uniformBound() <= plain.paperBound());
    }

    /** What is said of these images alone is at least their quantile, and no more where more is known. */
    @Property(tries = 5)
    void theLadderAscends(@ForAll long seed) {
        Draw draw = Draw.of(new SplittableRandom(seed));
        KernelBounds bounds = draw.bounds(draw.test, 0.01, 1);
        assertTrue(bounds.quantile() <= bounds.lawBound());
        QuadraticFormLaw law =
                ErrorLaw.of(draw.unlearned, draw.cnn, draw.test, 0.25).law();
        // a quantile is settled to 1e-11 of its probability, and the gap that makes a bound of it is doubled until it
        // exceeds that and the error of the law
        double ofLaw = Math.max(law.error(bounds.lawBound()), law.error(bounds.quantile()));
        double settled = 1e-11 * 0.01;
        assertTrue(0.01 - law.survival(bounds.lawBound()) <= 2 * (ofLaw + settled) + settled);
        // one direction with a large missing part would make the closed form exact, up to the error of the law
        double error = bounds.lawBound() - bounds.quantile();
        assertTrue(bounds.quantile() - error <= bounds.closedBound());
        assertTrue(bounds.quantile() < bounds.allImagesBound());
    }
}
