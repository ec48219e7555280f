package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.array.Array;
import org.idem.theory.deep.Shift;

/** T6.equivariance against real training, and shifts among themselves. */
class T6EquivarianceProperties extends KnownTheoremProperties {
    T6EquivarianceProperties() {
        super("T6.equivariance");
    }

    private static Shift shift(SplittableRandom random) {
        return new Shift(random.nextInt(-7, 8), random.nextInt(-7, 8));
    }

    /** One shift after the other is their sum, and the way back undoes it. */
    @Property(tries = 50)
    void cyclicShiftsAreAGroup(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Array images = Scene.numbers(random, 2, 2, random.nextInt(1, 5), random.nextInt(1, 5));
        Shift first = shift(random);
        Shift second = shift(random);
        Shift sum = new Shift(first.rows() + second.rows(), first.columns() + second.columns());
        assertEquals(sum.round(images), second.round(first.round(images)));
        assertEquals(images, new Shift(-first.rows(), -first.columns()).round(first.round(images)));
        assertEquals(images, new Shift(images.size(2), -images.size(3)).round(images));
    }

    /** Shifted out and back, an image keeps what never left. */
    @Property(tries = 50)
    void whatLeavesIsLost(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Array image = Scene.numbers(random, 1, 1, 4, 5);
        Shift shift = shift(random);
        Array back = new Shift(-shift.rows(), -shift.columns()).out(shift.out(image));
        for (int i = 0; i < image.length(); i++) {
            int row = i / 5 + shift.rows();
            int column = i % 5 + shift.columns();
            boolean kept = row >= 0 && row < 4 && column >= 0 && column < 5;
            assertEquals(kept ? image.values()[i] : 0, back.values()[i]);
        }
    }
}
