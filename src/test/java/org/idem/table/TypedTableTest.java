package org.idem.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TypedTableTest {
    private record Planet(String name, int moons, double mass) {}

    private static final List<TypedColumn<Planet>> COLUMNS = List.of(
            TypedColumn.text("name", Planet::name),
            TypedColumn.whole("moons", Planet::moons),
            TypedColumn.real("mass", Planet::mass));

    @Test
    void cellsAndKindsStandSideBySide() {
        TypedTable table = TypedTable.of(
                COLUMNS,
                List.of(new Planet("Mars", 2, 0.107), new Planet("7", 0, Double.NaN), new Planet("", 1, 1e300)));
        assertEquals(List.of(Kind.TEXT, Kind.WHOLE, Kind.REAL), table.kinds());
        assertEquals(
                "name,moons,mass\nMars,2,0.107\n7,0,\n,1,1.0E300\n",
                table.cells().text());
    }

    private static void refused(String said, Kind kind, Object cell) {
        CsvTable cells = new CsvTable(List.of("a", "b"), List.of(List.of("x", ""), List.of("y", cell)));
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> new TypedTable(cells, List.of(Kind.TEXT, kind)));
        assertEquals(said, wrong.getMessage());
    }

    @Test
    void aCellOfAnotherKindIsRefused() {
        refused("the column b must hold whole numbers of 64 bits, got 'no'", Kind.WHOLE, "no");
        refused("the column b must hold whole numbers of 64 bits, got '1.5'", Kind.WHOLE, 1.5);
        refused(
                "the column b must hold whole numbers of 64 bits, got '9223372036854775808'",
                Kind.WHOLE,
                "9223372036854775808");
        refused("the column b must hold real numbers, got '4x5'", Kind.REAL, "4x5");
        refused("the column b must hold real numbers, got 'true'", Kind.REAL, true);
        CsvTable one = new CsvTable(List.of("a"), List.of());
        assertEquals(
                "each of the columns [a] must have a kind, got []",
                assertThrows(IllegalArgumentException.class, () -> new TypedTable(one, List.of()))
                        .getMessage());
    }
}
