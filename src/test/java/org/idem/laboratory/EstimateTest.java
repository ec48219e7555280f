package org.idem.laboratory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.idem.array.Array;
import org.idem.array.NpyFile;
import org.idem.array.Precision;
import org.idem.execution.Share;
import org.idem.laboratory.plan.Census;
import org.idem.laboratory.plan.Study;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EstimateTest {
    /** As much as the guide allows a plan to be off. */
    private static final double MOST = 0.25;

    @TempDir
    Path folder;

    private Study study(int examples, int seeds) throws IOException {
        return study(false, examples, seeds, Map.of("most-steps", "20"));
    }

    private Study study(boolean convolutional, int examples, int seeds, Map<String, String> more) throws IOException {
        Path images = folder.resolve("images.npy");
        double[] pixels = new SplittableRandom(1).doubles(100 * 8 * 8).toArray();
        NpyFile.write(images, Array.of(pixels, 100, 1, 8, 8), Precision.FLOAT32);
        Map<String, String> words = new LinkedHashMap<>(more);
        words.put("train", images.toString());
        words.put("examples", String.valueOf(examples));
        words.put("until", "1e-30");
        words.put("seeds", String.valueOf(seeds));
        return new StudyArguments(convolutional, words, List.of()).study("s");
    }

    private Missing missing(Study study) throws IOException {
        return Missing.of(folder.resolve("store"), new Census(study, Share.ALL));
    }

    private long trained(Study study) throws IOException {
        Path store = folder.resolve("store");
        try (Laboratory laboratory = Laboratory.open(store)) {
            laboratory.train(study, study.runs(), (done, all, part) -> {});
        }
        try (Stream<Path> files = Files.walk(store)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** The line of the images and their file. */
    private long bytesOfImages() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(folder.resolve("store"))) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith(Laboratory.IMAGES))
                    .toList()) {
                bytes += Files.size(file);
            }
        }
        for (String line : Files.readAllLines(folder.resolve("store/results.jsonl"))) {
            bytes += line.contains("\"key\":\"" + Laboratory.IMAGES) ? line.length() + 1 : 0;
        }
        return bytes;
    }

    private static Estimate estimate(Missing missing) throws IOException {
        return Estimate.of(missing, (rows, arrays, page) -> {}, words -> {});
    }

    private static void assertForetold(long told, long real) {
        assertEquals(real, told, MOST * real);
    }

    /** Images of one study, then networks of a larger one, whose images are there. */
    @Test
    void whatTheStoreGrowsByIsForetold() throws IOException {
        Missing all = missing(study(100, 1));
        Estimate estimate = estimate(all);
        long real = trained(study(100, 1));
        assertEquals(1, all.images().size());
        assertForetold(estimate.stored(), real);
        try (PilotRuns runs = new PilotRuns(1)) {
            assertEquals(bytesOfImages(), runs.bytesOfImages(all.images()), "exactly");
        }
        assertTrue(real > 3 * estimate(new Missing(all.parts(), List.of())).stored(), "images are most of it");

        Missing rest = missing(study(100, 5));
        assertEquals(4, rest.networks());
        assertEquals(List.of(), rest.images());
        assertForetold(estimate(rest).stored(), trained(study(100, 5)) - real);
    }

    /** Rows have the results of narrow networks, whose arrays and images can be read. */
    @Test
    void theReportIsRehearsedWithARowForEachNetwork() throws IOException {
        List<StudyResults.Row> seen = new ArrayList<>();
        Estimate.of(
                missing(study(1, 3)),
                (rows, arrays, page) -> {
                    seen.addAll(rows);
                    for (StudyResults.Row row : rows) {
                        assertTrue(arrays.ofRun(row.result().key()).isPresent());
                        assertTrue(arrays.images(row.result().digest()).isPresent());
                    }
                    Files.createDirectories(page);
                    Files.writeString(page.resolve("index.html"), "");
                },
                words -> {});
        assertEquals(
                List.of(1L, 2L, 3L), seen.stream().map(StudyResults.Row::seed).toList());
    }

    /** Start and report are the same however many processors train; training is not shorter than one network. */
    @Test
    void moreProcessorsHelpUntilTheLongestNetworkDecides() throws IOException {
        StudyTime time = estimate(missing(study(true, 1, 7, Map.of("depth", "2", "most-steps", "40"))))
                .time();
        assertTrue(time.seconds(elsewhere(1)).expected() >= time.longest().expected());
        double enough = time.seconds(elsewhere(8)).expected();
        assertTrue(time.seconds(elsewhere(1)).expected() > enough);
        assertEquals(enough, time.seconds(1024).expected());
    }

    /** As many processors or one more: with as many as there are here a study is timed, where it is short. */
    private static int elsewhere(int processors) {
        return processors == Runtime.getRuntime().availableProcessors() ? processors + 1 : processors;
    }

    /** A step of these takes too long to be tried. */
    @Test
    void whatWasNotTriedIsDoubtful() throws IOException {
        Estimate estimate = estimate(missing(
                study(true, 100, 2, Map.of("depth", "3", "channels", "1024", "kernel", "7", "most-steps", "2"))));
        assertEquals(0, estimate.timed());
        StudyTime.Range range = estimate.time().longest();
        assertFalse(range.isCertain());
        // a product, a quotient and the ratio of both are rounded once each
        assertEquals(9, range.most() / range.least(), 2 * Math.ulp(9.0));
    }

    /** Whole runs of these would take too long; those of narrow networks leave as much. */
    @Test
    void bytesOfSlowNetworksAreForetold() throws IOException {
        Study study = study(true, 100, 2, Map.of("depth", "3", "channels", "48", "kernel", "7", "most-steps", "2"));
        Missing all = missing(study);
        Missing networks = new Missing(all.parts(), List.of());
        long images = estimate(all).stored() - estimate(networks).stored();
        long real = trained(study);
        assertForetold(estimate(networks).stored(), real - images);
    }
}
