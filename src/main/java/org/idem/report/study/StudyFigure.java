package org.idem.report.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.idem.array.WholeFile;
import org.idem.report.drawing.Sketch;
import org.idem.report.figure.Table;
import org.idem.table.CsvTable;

/**
 * A numbered figure of the page.
 *
 * @param id fragment of its address
 * @param title heading
 * @param lead what to look at
 * @param pictures at least one
 * @param caption what is drawn
 * @param wide whether its pictures take the whole width of the page
 */
record StudyFigure(String id, String title, String lead, List<Picture> pictures, String caption, boolean wide) {
    StudyFigure {
        pictures = List.copyOf(pictures);
    }

    /**
     * One picture with its data.
     *
     * @param name of its files, without an ending
     * @param sketch the picture
     * @param columns names of the data's columns
     * @param rows the data; none if they are too many for a text
     */
    record Picture(String name, Sketch sketch, List<String> columns, List<List<Object>> rows) {
        /** Names of the files that {@link #write} makes. */
        List<String> files() {
            List<String> files = new ArrayList<>(List.of(name + ".svg"));
            if (Sketch.hasFonts()) {
                files.add(name + ".png");
            }
            if (!rows.isEmpty()) {
                files.add(name + ".csv");
            }
            return files;
        }

        /** Writes the picture and its data. */
        void write(Path folder) throws IOException {
            WholeFile.write(folder.resolve(name + ".svg"), sketch.svg());
            if (Sketch.hasFonts()) {
                byte[] png = sketch.png();
                WholeFile.write(folder.resolve(name + ".png"), out -> out.write(png));
            }
            if (!rows.isEmpty()) {
                new CsvTable(columns, rows).write(folder.resolve(name + ".csv"));
            }
        }

        /** The data as the page shows them. */
        Table table() {
            return new Table(name + ".csv", columns, rows);
        }
    }
}
