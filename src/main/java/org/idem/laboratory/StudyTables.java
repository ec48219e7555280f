package org.idem.laboratory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.laboratory.plan.StudyAxis;
import org.idem.laboratory.result.ImageMeasures;
import org.idem.laboratory.result.LayerMeasures;
import org.idem.laboratory.result.Measures;
import org.idem.laboratory.result.RunResult;
import org.idem.laboratory.result.StepMeasures;
import org.idem.laboratory.result.TheoryRow;
import org.idem.table.CsvTable;

/** The tables of a study, for programs. A number that does not exist is an empty cell. */
public final class StudyTables {
    /** Names of the tables. */
    public static final List<String> NAMES = List.of("runs", "images", "steps", "layers", "theory");

    private final StudyResults results;

    /**
     * Tables of a study.
     *
     * @param results what is there of it
     */
    public StudyTables(StudyResults results) {
        this.results = results;
    }

    /**
     * A row per network: key, kind, every axis, seed, outcome, and means over the test images.
     *
     * @return in the order of the grid; networks that several points describe have a row for each
     */
    public CsvTable runs() {
        List<StudyAxis<?>> axes = StudyAxes.of(results.convolutional());
        List<String> columns = new ArrayList<>(List.of("key", "network"));
        axes.forEach(axis -> columns.add(axis.column()));
        columns.addAll(List.of("seed", "outcome", "steps", "train_error", "seconds"));
        columns.addAll(Measures.COLUMNS);
        List<List<Object>> rows = new ArrayList<>();
        for (StudyResults.Row row : results.rows()) {
            RunResult result = row.result();
            List<Object> cells = new ArrayList<>();
            cells.add(result.key());
            cells.add(row.point().convolutional() ? "cnn" : "fcn");
            axes.forEach(axis -> cells.add(row.point().words().getOrDefault(axis.name(), "")));
            cells.add(row.seed());
            cells.add(result.ending().toString());
            cells.add(result.steps());
            cells.add(cell(result.trainError()));
            cells.add(cell(result.seconds()));
            add(cells, result.measures().map(Measures::values).orElse(nothing()));
            rows.add(cells);
        }
        return new CsvTable(columns, rows);
    }

    /**
     * A row per network and test image.
     *
     * @return each network once
     */
    public CsvTable images() {
        List<String> columns = new ArrayList<>(List.of("key", "image", "group"));
        columns.addAll(Measures.COLUMNS);
        List<List<Object>> rows = new ArrayList<>();
        for (RunResult result : distinct()) {
            for (ImageMeasures image : result.images()) {
                List<Object> cells = new ArrayList<>(List.of(result.key(), image.image(), image.group()));
                add(cells, image.measures().values());
                rows.add(cells);
            }
        }
        return new CsvTable(columns, rows);
    }

    /**
     * A row per network and step at which it was looked at.
     *
     * @return each network once
     */
    public CsvTable steps() {
        List<String> columns = new ArrayList<>(List.of("key", "step", "train_error"));
        columns.addAll(Measures.COLUMNS);
        List<List<Object>> rows = new ArrayList<>();
        for (RunResult result : distinct()) {
            for (StepMeasures at : result.progress()) {
                List<Object> cells = new ArrayList<>(List.of(result.key(), at.step(), cell(at.trainError())));
                add(cells, at.measures().values());
                rows.add(cells);
            }
        }
        return new CsvTable(columns, rows);
    }

    /**
     * A row per network, layer and image, before and after training.
     *
     * @return each network once
     */
    public CsvTable layers() {
        List<List<Object>> rows = new ArrayList<>();
        for (RunResult result : distinct()) {
            for (LayerMeasures layer : result.layers()) {
                List<Object> cells = new ArrayList<>(
                        List.of(result.key(), layer.layer(), layer.image(), layer.trained() ? "yes" : "no"));
                add(cells, layer.inputError(), layer.targetError(), layer.borderDistance());
                rows.add(cells);
            }
        }
        return new CsvTable(
                List.of("key", "layer", "image", "trained", "input_error", "target_error", "border_distance"), rows);
    }

    /**
     * What theorems say about networks.
     *
     * @return each network once
     */
    public CsvTable theory() {
        List<List<Object>> rows = new ArrayList<>();
        for (RunResult result : distinct()) {
            for (TheoryRow said : result.theory()) {
                List<Object> cells = new ArrayList<>(List.of(result.key(), said.theorem(), said.measure()));
                add(cells, said.mean(), said.low(), said.high());
                rows.add(cells);
            }
        }
        return new CsvTable(List.of("key", "theorem", "measure", "mean", "low", "high"), rows);
    }

    /**
     * All tables.
     *
     * @return by their {@link #NAMES}, in that order
     */
    public Map<String, CsvTable> all() {
        List<CsvTable> tables = List.of(runs(), images(), steps(), layers(), theory());
        Map<String, CsvTable> all = new LinkedHashMap<>();
        for (int i = 0; i < tables.size(); i++) {
            all.put(NAMES.get(i), tables.get(i));
        }
        return all;
    }

    /**
     * Writes runs.csv, images.csv, steps.csv, layers.csv and theory.csv, each whole or not at all.
     *
     * @param folder is made if it is missing
     * @throws IOException if it cannot be written
     */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, CsvTable> table : all().entrySet()) {
            table.getValue().write(folder.resolve(table.getKey() + ".csv"));
        }
    }

    private List<RunResult> distinct() {
        Map<String, RunResult> byKey = new LinkedHashMap<>();
        results.rows().forEach(row -> byKey.putIfAbsent(row.result().key(), row.result()));
        return List.copyOf(byKey.values());
    }

    private static double[] nothing() {
        double[] nothing = new double[Measures.COLUMNS.size()];
        Arrays.fill(nothing, Double.NaN);
        return nothing;
    }

    private static void add(List<Object> cells, double... values) {
        for (double value : values) {
            cells.add(cell(value));
        }
    }

    private static Object cell(double value) {
        return Double.isNaN(value) ? "" : value;
    }
}
