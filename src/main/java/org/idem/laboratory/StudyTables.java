package org.idem.laboratory;

import static org.idem.table.TypedColumn.real;
import static org.idem.table.TypedColumn.text;
import static org.idem.table.TypedColumn.whole;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.laboratory.plan.StudyAxis;
import org.idem.laboratory.result.ImageMeasures;
import org.idem.laboratory.result.LayerMeasures;
import org.idem.laboratory.result.Measures;
import org.idem.laboratory.result.RunResult;
import org.idem.laboratory.result.StepMeasures;
import org.idem.laboratory.result.TheoryRow;
import org.idem.table.TypedColumn;
import org.idem.table.TypedTable;

/** The tables of a study, for programs. A number that does not exist is an empty cell. */
public final class StudyTables {
    /** Names of the tables. */
    public static final List<String> NAMES = List.of("runs", "images", "steps", "layers", "theory");

    private final StudyResults results;

    /** One of the things that a network left. */
    private record Part<T>(String key, T of) {}

    /** A network with its means over the test images, NaN if it has none. */
    private record Line(StudyResults.Row row, Measures means) {
        private static final Measures NOTHING = Measures.mean(List.of());

        static Line of(StudyResults.Row row) {
            return new Line(row, row.result().measures().orElse(NOTHING));
        }

        RunResult result() {
            return row.result();
        }
    }

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
    public TypedTable runs() {
        List<TypedColumn<Line>> columns = new ArrayList<>();
        columns.add(text("key", line -> line.result().key()));
        columns.add(text("network", line -> line.row().point().convolutional() ? "cnn" : "fcn"));
        StudyAxes.of(results.convolutional()).forEach(axis -> columns.add(column(axis)));
        columns.add(whole("seed", line -> line.row().seed()));
        columns.add(text("outcome", line -> line.result().ending().toString()));
        columns.add(whole("steps", line -> line.result().steps()));
        columns.add(real("train_error", line -> line.result().trainError()));
        columns.add(real("seconds", line -> line.result().seconds()));
        columns.addAll(measures(Line::means));
        return TypedTable.of(columns, results.rows().stream().map(Line::of).toList());
    }

    /** The words of an axis; empty for networks that lack it. */
    private static TypedColumn<Line> column(StudyAxis<?> axis) {
        return new TypedColumn<>(
                axis.column(), axis.kind(), line -> line.row().point().words().getOrDefault(axis.name(), ""));
    }

    /**
     * A row per network and test image.
     *
     * @return each network once
     */
    public TypedTable images() {
        List<TypedColumn<Part<ImageMeasures>>> columns = new ArrayList<>();
        columns.add(text("key", Part::key));
        columns.add(text("image", row -> row.of().image()));
        columns.add(text("group", row -> row.of().group()));
        columns.addAll(measures(row -> row.of().measures()));
        return TypedTable.of(columns, parts(RunResult::images));
    }

    /**
     * A row per network and step at which it was looked at.
     *
     * @return each network once
     */
    public TypedTable steps() {
        List<TypedColumn<Part<StepMeasures>>> columns = new ArrayList<>();
        columns.add(text("key", Part::key));
        columns.add(whole("step", row -> row.of().step()));
        columns.add(real("train_error", row -> row.of().trainError()));
        columns.addAll(measures(row -> row.of().measures()));
        return TypedTable.of(columns, parts(RunResult::progress));
    }

    /**
     * A row per network, layer and image, before and after training.
     *
     * @return each network once
     */
    public TypedTable layers() {
        List<TypedColumn<Part<LayerMeasures>>> columns = List.of(
                text("key", Part::key),
                whole("layer", row -> row.of().layer()),
                text("image", row -> row.of().image()),
                text("trained", row -> row.of().trained() ? "yes" : "no"),
                real("input_error", row -> row.of().inputError()),
                real("target_error", row -> row.of().targetError()),
                real("border_distance", row -> row.of().borderDistance()));
        return TypedTable.of(columns, parts(RunResult::layers));
    }

    /**
     * What theorems say about networks.
     *
     * @return each network once
     */
    public TypedTable theory() {
        List<TypedColumn<Part<TheoryRow>>> columns = List.of(
                text("key", Part::key),
                text("theorem", row -> row.of().theorem()),
                text("measure", row -> row.of().measure()),
                real("mean", row -> row.of().mean()),
                real("low", row -> row.of().low()),
                real("high", row -> row.of().high()));
        return TypedTable.of(columns, parts(RunResult::theory));
    }

    private static <R> List<TypedColumn<R>> measures(Function<R, Measures> of) {
        return IntStream.range(0, Measures.COLUMNS.size())
                .mapToObj(i -> TypedColumn.<R>real(
                        Measures.COLUMNS.get(i), row -> of.apply(row).values()[i]))
                .toList();
    }

    /**
     * All tables.
     *
     * @return by their {@link #NAMES}, in that order
     */
    public Map<String, TypedTable> all() {
        List<TypedTable> tables = List.of(runs(), images(), steps(), layers(), theory());
        Map<String, TypedTable> all = new LinkedHashMap<>();
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
        for (Map.Entry<String, TypedTable> table : all().entrySet()) {
            table.getValue().cells().write(folder.resolve(table.getKey() + ".csv"));
        }
    }

    /** What networks left of one sort, each network once. */
    private <T> List<Part<T>> parts(Function<RunResult, List<T>> left) {
        Map<String, RunResult> byKey = new LinkedHashMap<>();
        results.rows().forEach(row -> byKey.putIfAbsent(row.result().key(), row.result()));
        return byKey.values().stream()
                .flatMap(result -> left.apply(result).stream().map(of -> new Part<>(result.key(), of)))
                .toList();
    }
}
