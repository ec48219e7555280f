package org.idem.laboratory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.idem.array.Array;
import org.idem.array.NpyFile;
import org.idem.array.Precision;
import org.idem.execution.cluster.Cluster;
import org.idem.execution.cluster.ClusterException;
import org.idem.execution.cluster.KeyedTask;
import org.idem.execution.cluster.Receiver;
import org.idem.execution.cluster.ThreadCluster;
import org.idem.execution.cluster.Work;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.Study;
import org.idem.laboratory.result.Ending;
import org.idem.laboratory.result.RunResult;
import org.idem.laboratory.result.Timeless;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes from other machines is what this one would have made, to the last bit. */
class ClusterTrainingTest {
    @TempDir
    Path folder;

    private static Study study(boolean convolutional, String options) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String option : options.split(" (?=[a-z-]+=)")) {
            words.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
        }
        return new StudyArguments(convolutional, words, List.of()).study("s");
    }

    private static List<RunResult> results(Path store, Study study) throws IOException {
        try (Laboratory laboratory = Laboratory.reading(store)) {
            return laboratory.results(study, "", study.runs()).rows().stream()
                    .map(row -> Timeless.of(row.result()))
                    .toList();
        }
    }

    private static Map<String, Array> arrays(Path store, String key) throws IOException {
        try (Laboratory laboratory = Laboratory.reading(store)) {
            return laboratory.results("s").arrays().ofRun(key).orElse(Map.of());
        }
    }

    private int trained(Path store, Study study, List<Run> runs, UnaryOperator<Work> faults) throws IOException {
        AtomicInteger count = new AtomicInteger();
        try (Laboratory laboratory = Laboratory.open(store)) {
            laboratory.train(
                    study,
                    runs,
                    needs -> new ThreadCluster(2, faults),
                    (done, all, part) -> count.set(done),
                    what -> {});
        }
        return count.get();
    }

    private void alone(Path store, Study study) throws IOException {
        try (Laboratory laboratory = Laboratory.open(store)) {
            laboratory.train(study, study.runs(), (done, all, part) -> {});
        }
    }

    private Study ofFile() throws IOException {
        double[] pixels = new double[3 * 5 * 4];
        Arrays.setAll(pixels, i -> (i * 37 % 101) / 101.0);
        Path file = folder.resolve("a b.npy");
        NpyFile.write(file, Array.of(pixels, 3, 5, 4), Precision.FLOAT64);
        return study(
                true,
                "train=" + file + " examples=2 batch=1 depth=1 channels=3 kernel=3 padding=valid size=5x4 seeds=2"
                        + " most-steps=3 input=standardised target=input");
    }

    @ParameterizedTest
    @CsvSource({
        "true,depth=1;3 channels=2;3 kernel=3 padding=same;circular size=6 seeds=2 most-steps=5",
        "false,depth=1;2 width=5 rule=sgd;adam learning-rate=0.01 precision=float64 size=4 seeds=2 most-steps=5",
        "false,depth=2 width=7 rule=sgd learning-rate=1e6 size=4 seeds=2 most-steps=50"
    })
    void otherMachinesLeaveTheSame(boolean convolutional, String options) throws IOException {
        compare(study(convolutional, options.replace(';', ',')));
    }

    @Test
    void imagesTravelWithTheWork() throws IOException {
        compare(ofFile());
    }

    private void compare(Study study) throws IOException {
        alone(folder.resolve("alone"), study);
        int count = trained(folder.resolve("many"), study, study.runs(), work -> work);
        List<RunResult> expected = results(folder.resolve("alone"), study);
        assertEquals(expected, results(folder.resolve("many"), study));
        assertEquals(expected.stream().map(RunResult::key).distinct().count(), count);
        for (RunResult result : expected) {
            assertEquals(arrays(folder.resolve("alone"), result.key()), arrays(folder.resolve("many"), result.key()));
        }
        // nothing lacks, so that nobody is asked
        try (Laboratory laboratory = Laboratory.open(folder.resolve("many"))) {
            laboratory.train(
                    study,
                    study.runs(),
                    needs -> {
                        throw new ClusterException("not needed");
                    },
                    (done, all, part) -> {},
                    what -> {});
        }
    }

    @Test
    void aTaskThatFailsThreeTimesIsAnOutcome() throws IOException {
        Study study = study(false, "depth=1,2 width=5 size=4 seeds=3 most-steps=4");
        Run bad = study.runs().get(4);
        int count = trained(folder, study, study.runs(), work -> line -> {
            if (line.startsWith(bad.key())) {
                throw new IllegalStateException("the process was killed");
            }
            return work.result(line);
        });
        assertEquals(6, count);
        List<RunResult> results = results(folder, study);
        assertEquals(
                List.of(bad.key()),
                results.stream()
                        .filter(result -> result.ending() == Ending.FAILED)
                        .map(RunResult::key)
                        .toList());
        assertEquals(
                "the process was killed",
                results.stream()
                        .filter(result -> result.key().equals(bad.key()))
                        .findFirst()
                        .orElseThrow()
                        .remark());
    }

    @Test
    void machinesOfAnotherVersionAreRefused() throws IOException {
        Study study = study(false, "depth=1 size=4 seeds=2 most-steps=4");
        ClusterException refused = assertThrows(
                ClusterException.class,
                () -> trained(
                        folder,
                        study,
                        study.runs(),
                        work -> line -> work.result("0123456789abcdef" + line.substring(line.indexOf(' ')))));
        assertTrue(
                refused.getMessage().startsWith("a thread: makes another network of 'fcn depth=1 "),
                refused::getMessage);
        ClusterException without = assertThrows(
                ClusterException.class,
                () -> trained(
                        folder,
                        study,
                        study.runs(),
                        work -> line -> work.result("k unknown " + line.split(" ", 3)[2])));
        assertTrue(without.getMessage().contains("got no images of the task unknown"), without::getMessage);
        assertLeft();
    }

    private void assertLeft(String... names) throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(
                    List.of(names),
                    left.map(one -> one.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void whoIsRefusedLeavesNoStore() throws IOException {
        Study study = study(false, "depth=1 size=4 seeds=2 most-steps=4");
        Path store = folder.resolve("new/inner");
        Cluster.Opening none = needs -> {
            throw new ClusterException("no master");
        };
        refused(store, study, none);
        assertLeft();
        // one that was there before stays, and so does what was trained
        Laboratory.open(store).close();
        refused(store, study, none);
        assertTrue(Laboratory.isStore(store));
        Path begun = folder.resolve("begun");
        refused(begun, study, needs -> new Cluster() {
            @Override
            public void run(Work work, List<KeyedTask> tasks, Receiver receiver) throws IOException {
                KeyedTask first = tasks.get(0);
                receiver.done(List.of(first), List.of(work.result(first.line())));
                throw new ClusterException("no master");
            }

            @Override
            public void close() {}
        });
        assertEquals(1, results(begun, study).size());
    }

    private static void refused(Path store, Study study, Cluster.Opening opening) throws IOException {
        try (Laboratory laboratory = Laboratory.open(store)) {
            ClusterException refused = assertThrows(
                    ClusterException.class,
                    () -> laboratory.train(study, study.runs(), opening, (done, all, part) -> {}, what -> {}));
            assertEquals("no master", refused.getMessage());
        }
    }

    @Test
    void parcelsKeepEveryBit() throws IOException {
        Study study = study(true, "depth=1 size=4 seeds=1 most-steps=1");
        Parcel images = TaskImages.of(study.tasks().get(0)).exact();
        Parcel read = Parcel.read(images.bytes());
        assertEquals(images.record(), read.record());
        assertEquals(images.arrays(), read.arrays());
        Array large = Array.of(new double[] {1e300, -0.0, 0x1p-1074}, 3);
        Parcel wide = Parcel.of(images.record(), Map.of("a", large));
        assertEquals(Precision.FLOAT64, wide.precision());
        assertEquals(wide.arrays(), Parcel.read(wide.bytes()).arrays());
        Parcel narrow = Parcel.of(images.record(), Map.of("a", Array.of(new double[] {0.1, 1}, 1, 2)));
        assertEquals(
                Map.of("a", narrow.arrays().get("a").rounded(Precision.FLOAT32)),
                Parcel.read(narrow.bytes()).arrays());
        for (int bytes : Stream.of(0, 3, images.bytes().length - 1).toList()) {
            assertThrows(IOException.class, () -> Parcel.read(Arrays.copyOf(images.bytes(), bytes)));
        }
    }
}
