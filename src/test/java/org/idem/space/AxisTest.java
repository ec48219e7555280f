package org.idem.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AxisTest {
    private static final Axis.Whole SIDE = new Axis.Whole("side");
    private static final Axis.Real DECAY = new Axis.Real("decay");
    private static final Axis.Text IMAGE = new Axis.Text("image");
    private static final Axis.Words<TimeUnit> UNIT = Axis.Words.of("unit", TimeUnit.values());
    private static final Axis.Words<Boolean> DEEP = Axis.Words.flag("network", "shallow", "deep");

    private static final List<Dimension> SPACE = List.of(
            SIDE.odd(1, 9),
            DECAY.among(0, 0.125, 3),
            IMAGE.among(List.of("noise", "digit")),
            UNIT.among(TimeUnit.HOURS, TimeUnit.DAYS),
            DEEP.all());

    private static Configuration read(String line) {
        return Configuration.parse(SPACE, line);
    }

    @Test
    void valuesHaveTheirTypes() {
        Configuration one = read("side=7 decay=0.125 image=digit unit=DAYS network=deep seed=4");
        assertEquals(7, one.get(SIDE));
        assertEquals(0.125, one.get(DECAY));
        assertEquals("digit", one.get(IMAGE));
        assertSame(TimeUnit.DAYS, one.get(UNIT));
        assertTrue(one.get(DEEP));
        Configuration other = read("side=1 decay=0 image=noise unit=HOURS network=shallow seed=4");
        assertEquals(0, other.get(DECAY));
        assertFalse(other.get(DEEP));
        assertEquals(
                3,
                read("side=1 decay=3 image=noise unit=HOURS network=shallow seed=4")
                        .get(DECAY));
        assertEquals(
                0.75,
                Configuration.parse(List.of(DECAY.between(0.5, 1)), "decay=0.75 seed=1")
                        .get(DECAY));
    }

    @Test
    void whatASpaceLacksIsAskedForWithAnAnswer() {
        Axis.Whole depth = new Axis.Whole("depth");
        Configuration one = read("side=7 decay=0 image=digit unit=DAYS network=deep seed=4");
        assertTrue(one.has(SIDE));
        assertFalse(one.has(depth));
        assertEquals(7, one.get(SIDE, 3));
        assertEquals(3, one.get(depth, 3));
        assertEquals(
                "there is no dimension depth",
                assertThrows(IllegalArgumentException.class, () -> one.get(depth))
                        .getMessage());
    }

    @Test
    void anotherThingIsPutInItsPlace() {
        Configuration one = read("side=7 decay=0 image=digit unit=DAYS network=deep seed=4");
        assertEquals(
                read("side=7 decay=0 image=digit unit=HOURS network=shallow seed=4"),
                one.with(UNIT, TimeUnit.HOURS).with(DEEP, false));
        assertEquals(read("side=3 decay=0 image=digit unit=DAYS network=deep seed=4"), one.withNumber(0, 3));
        assertEquals(7, one.number(0));
        assertThrows(IllegalArgumentException.class, () -> one.withNumber(0, 4));
        assertThrows(IllegalArgumentException.class, () -> one.with(UNIT, TimeUnit.SECONDS), "not in the space");
    }

    @Test
    void thingsAreLeftOut() {
        Dimension.Choice all =
                UNIT.among(TimeUnit.SECONDS, TimeUnit.HOURS, TimeUnit.DAYS).weighted(5, 3, 1);
        assertSame(all, UNIT.kept(all, unit -> true));
        assertEquals(
                UNIT.among(TimeUnit.SECONDS, TimeUnit.DAYS).weighted(5, 1),
                UNIT.kept(all, unit -> unit != TimeUnit.HOURS));
        assertThrows(IllegalArgumentException.class, () -> UNIT.kept(all, unit -> false));
    }

    @Test
    void rangesAndWordsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> SIDE.odd(2, 8));
        assertThrows(IllegalArgumentException.class, () -> SIDE.odd(1, 8));
        assertThrows(IllegalArgumentException.class, () -> DEEP.all().weighted(1));
        Axis.Words<Boolean> other = Axis.Words.flag("network", "no", "yes");
        Configuration one = read("side=7 decay=0 image=digit unit=DAYS network=deep seed=4");
        String message = assertThrows(IllegalArgumentException.class, () -> one.get(other))
                .getMessage();
        assertEquals("the axis network knows [no, yes], got network shallow or deep", message);
        assertThrows(
                IllegalArgumentException.class,
                () -> Axis.Words.of("few", TimeUnit.DAYS).word(TimeUnit.HOURS));
    }

    @Test
    void aLineMayLeaveOutWhatIsAssumed() {
        List<Dimension> space =
                List.of(UNIT.among(TimeUnit.HOURS, TimeUnit.DAYS).orFirst());
        assertSame(TimeUnit.HOURS, Configuration.parse(space, "seed=1").get(UNIT));
    }
}
