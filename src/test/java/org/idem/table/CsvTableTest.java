package org.idem.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTableTest {
    private record Planet(String name, int moons, double mass) {}

    private static final List<Column<Planet>> COLUMNS = List.of(
            new Column<>("name", Planet::name),
            new Column<>("moons", Planet::moons),
            new Column<>("mass", Planet::mass),
            new Column<>("has_moons", planet -> planet.moons() > 0));

    @TempDir
    Path folder;

    @Test
    void columnsAreNamedOnceAndReadEveryThing() {
        CsvTable table = CsvTable.of(COLUMNS, List.of(new Planet("Mars", 2, 0.107), new Planet("Venus", 0, 1e300)));
        assertEquals("name,moons,mass,has_moons\nMars,2,0.107,true\nVenus,0,1.0E300,false\n", table.text());
    }

    @Test
    void cellsThatHoldSeparatorsAreQuoted() {
        CsvTable table = new CsvTable(
                List.of("a", "b,c"), List.of(List.of("x,y", "\"z\""), List.of("u\nv", "w\r"), List.of("", "plain")));
        assertEquals("a,\"b,c\"\n\"x,y\",\"\"\"z\"\"\"\n\"u\nv\",\"w\r\"\n,plain\n", table.text());
    }

    @Test
    void numbersAreWrittenTheSameInEveryLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            CsvTable table = new CsvTable(
                    List.of("x", "y"), List.of(List.of(0.1 + 0.2, 1234567), List.of(Double.NaN, -1.0 / 0.0)));
            assertEquals("x,y\n0.30000000000000004,1234567\nNaN,-Infinity\n", table.text());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void everyRowIsChecked() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> new CsvTable(List.of("a", "b"), List.of(List.of(1, 2), List.of(3))))
                .getMessage();
        assertTrue(message.contains("2 cells") && message.contains("[3]"), message);
        assertThrows(IllegalArgumentException.class, () -> new CsvTable(List.of(), List.of()));
        assertThrows(IllegalArgumentException.class, () -> new CsvTable(List.of("a", "a"), List.of()));
    }

    @Test
    void whoeverGaveTheListsCannotChangeTheTable() {
        List<List<Object>> rows = new ArrayList<>(List.of(List.of(1)));
        CsvTable table = new CsvTable(List.of("a"), rows);
        rows.clear();
        assertEquals("a\n1\n", table.text());
    }

    @Test
    void aFileHoldsTheText() throws IOException {
        CsvTable table = new CsvTable(List.of("a"), List.of(List.of("δ")));
        Path file = folder.resolve("t.csv");
        table.write(file);
        assertEquals("a\nδ\n", Files.readString(file));
    }
}
