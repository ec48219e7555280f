package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.idem.network.Activation;
import org.idem.theory.deep.EqualUnits;
import org.idem.theory.deep.EqualUnits.State;

/** T6.attractor against real training, and the map of brightness by itself. */
class T6AttractorProperties extends KnownTheoremProperties {
    T6AttractorProperties() {
        super("T6.attractor");
    }

    @Provide
    Arbitrary<Activation> curved() {
        return Arbitraries.of(List.of(Activation.TANH, Activation.ERF, Activation.SIGMOID, Activation.SOFTPLUS));
    }

    private static EqualUnits network(Activation activation, int units) {
        return new EqualUnits(activation, units, 1.5, 1, 0x1p-6);
    }

    private static State fitting(EqualUnits network, double preactivation) {
        return network.near(preactivation, 0, 0);
    }

    /** The example is a fixed point, and its neighbours come nearer exactly where the eigenvalue is below 1 in size. */
    @Property
    void neighboursComeNearerBelowOne(
            @ForAll @From("curved") Activation activation,
            @ForAll @DoubleRange(min = -3, max = 3) double preactivation) {
        if (Math.abs(preactivation) < 0.125) {
            return;
        }
        EqualUnits network = network(activation, 3);
        State state = fitting(network, preactivation);
        assertEquals(1, network.answer(state, 1)[0], 1e-13);
        double eigenvalue = Math.abs(network.reaction(state)[0]);
        if (Math.abs(eigenvalue - 1) < 1e-3) {
            return;
        }
        double step = 1e-5;
        double after = Math.abs(network.answer(state, 1 + step)[0] - 1);
        assertEquals(eigenvalue < 1, after < step, "eigenvalue " + eigenvalue);
    }

    /** tanh: 2ζ/sinh 2ζ, below 1 but at 0. */
    @Property
    void theEigenvalueOfTanhIsKnown(@ForAll @DoubleRange(min = 0.1, max = 3) double preactivation) {
        EqualUnits network = network(Activation.TANH, 2);
        double eigenvalue = network.reaction(fitting(network, preactivation))[0];
        assertEquals(2 * preactivation / Math.sinh(2 * preactivation), eigenvalue, 1e-14);
        assertTrue(eigenvalue < 1);
    }

    /** Odd activations do not know the sign of their units. */
    @Property
    void signsOfOddActivationsCancel(@ForAll @DoubleRange(min = 0.1, max = 3) double preactivation) {
        for (Activation odd : List.of(Activation.TANH, Activation.ERF)) {
            EqualUnits network = network(odd, 2);
            State one = network.step(network.near(preactivation, 0.25, 0.5));
            State other = network.step(network.near(-preactivation, 0.25, 0.5));
            assertEquals(one.preactivation(), -other.preactivation());
            assertEquals(network.answer(one, 0.75)[0], network.answer(other, 0.75)[0]);
        }
    }

    /** Twice the units with half the outgoing weights answer the same. */
    @Property
    void unitsShareTheWork(@ForAll @DoubleRange(min = 0.1, max = 3) double preactivation) {
        EqualUnits few = new EqualUnits(Activation.TANH, 2, 1.5, 1, 0x1p-6);
        EqualUnits many = new EqualUnits(Activation.TANH, 4, 1.5, 1, 0x1p-6);
        State start = few.near(preactivation, 0.25, 0.5);
        State half = new State(start.preactivation(), start.along() / 2, start.across() / 2);
        double[] one = few.answer(start, 0.75);
        double[] other = many.answer(half, 0.75);
        assertEquals(one[0], other[0]);
        assertEquals(one[1], other[1]);
    }
}
