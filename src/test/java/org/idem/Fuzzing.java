package org.idem;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Inputs that are almost right, each run in bounded time and with its memory counted.
 *
 * <p>{@code mvn -B -ntp test -Dtest='*FuzzTest' -Didem.fuzz.inputs=100000} tries 100,000 files instead of the 2,000 of
 * every build, and an eighth as many of each kind of line, which take longer; {@code -Didem.fuzz.seed=S} repeats a run
 * whose seed was printed.
 */
public final class Fuzzing implements AutoCloseable {
    private static final int[] EXTREMES = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0xFFFF, 0x7FFF, 1 << 30};
    private static final List<String> WORDS = List.of(
            "",
            "0",
            "-1",
            "1",
            "NaN",
            "Infinity",
            "-0",
            "1e308",
            "1e-320",
            "2147483647",
            "2147483648",
            "-2147483649",
            "9223372036854775808",
            "99999999999999999999",
            "0x10",
            "1.5",
            "1e",
            ",",
            "=",
            "#",
            ":",
            "#0",
            ":x",
            "é",
            "\u0000",
            "\n",
            "\t",
            "'",
            "\"",
            "true",
            "null",
            "..",
            "@",
            "--",
            "-",
            "same",
            "identity");

    /** Far more than an input takes that waits for nothing. */
    private static final int SECONDS_OF_A_STANDSTILL = 900;

    private Thread thread = Thread.currentThread();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        thread = new Thread(task, "fuzzing");
        thread.setDaemon(true);
        return thread;
    });
    private final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long seed = Long.getLong("idem.fuzz.seed", new SecureRandom().nextLong());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final int secondsPerInput;
    private final long bytesPerInput;
    private long mostAllocated;

    /**
     * Inputs of one kind.
     *
     * @param name of the kind, printed with the seed
     * @param secondsPerInput processor time that no input may need
     * @param bytesPerInput memory that no input may allocate
     */
    public Fuzzing(String name, int secondsPerInput, long bytesPerInput) {
        this.secondsPerInput = secondsPerInput;
        this.bytesPerInput = bytesPerInput;
        System.out.println(name + ": -Didem.fuzz.seed=" + seed + " repeats these inputs");
    }

    /**
     * How many inputs to try.
     *
     * @return 2,000 unless the system property {@code idem.fuzz.inputs} says otherwise
     */
    public static int inputs() {
        return Integer.getInteger("idem.fuzz.inputs", 2_000);
    }

    /**
     * Where the inputs come from.
     *
     * @return the source that mutations draw on
     */
    public SplittableRandom random() {
        return random;
    }

    /**
     * The largest memory that an input took.
     *
     * @return in bytes
     */
    public long mostAllocated() {
        return mostAllocated;
    }

    /**
     * Runs one input.
     *
     * @param input the input as a failure shows it
     * @param reading what is done with it
     * @return its result
     * @throws AssertionError if it throws, hangs or takes too much memory
     */
    public <T> T run(String input, Callable<T> reading) {
        try {
            Future<T> result = worker.submit(() -> {
                long before = memory.getCurrentThreadAllocatedBytes();
                T read = reading.call();
                long allocated = memory.getCurrentThreadAllocatedBytes() - before;
                mostAllocated = Math.max(mostAllocated, allocated);
                if (allocated > bytesPerInput) {
                    throw new IllegalStateException("allocated " + allocated + " bytes");
                }
                return read;
            });
            return finished(result);
        } catch (ExecutionException failure) {
            throw new AssertionError("seed " + seed + ", input " + input, failure.getCause());
        } catch (TimeoutException hang) {
            throw new AssertionError("seed " + seed + ", more than " + secondsPerInput + " s for " + input, hang);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** Waits for the result while the worker computes for less than the time allowed, however slow the machine is. */
    private <T> T finished(Future<T> result) throws ExecutionException, InterruptedException, TimeoutException {
        long before = processorSeconds();
        for (int waited = 0; ; waited++) {
            try {
                return result.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException unfinished) {
                if (processorSeconds() - before > secondsPerInput || waited > SECONDS_OF_A_STANDSTILL) {
                    throw unfinished;
                }
            }
        }
    }

    private long processorSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(memory.getThreadCpuTime(thread.getId()));
    }

    /**
     * A file with one to four faults: flipped bits, extreme lengths, cuts, pieces doubled, moved or taken from others.
     *
     * @param original a right file; not changed
     * @param others files to take pieces from
     * @return fresh bytes
     */
    public byte[] mutated(byte[] original, List<byte[]> others) {
        byte[] bytes = original.clone();
        for (int change = 1 + random.nextInt(random.nextInt(1, 5)); change > 0 && bytes.length > 0; change--) {
            int at = random.nextBoolean() ? random.nextInt(bytes.length) : random.nextInt(Math.min(40, bytes.length));
            int piece = random.nextInt(1, Math.min(40, bytes.length) + 1);
            switch (random.nextInt(9)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = new byte[] {0, 1, -1, 127, -128, '9', '(', '\''}[random.nextInt(8)];
                case 2 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
                case 3 -> bytes = Arrays.copyOf(bytes, bytes.length + piece);
                case 4 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + piece), (byte) random.nextInt());
                case 5 -> extreme(bytes, at);
                case 6 -> {
                    byte[] other = others.get(random.nextInt(others.size()));
                    int from = random.nextInt(other.length);
                    bytes = spliced(bytes, at, at, other, from, Math.min(other.length, from + piece));
                }
                case 7 -> {
                    byte[] other = others.get(random.nextInt(others.size()));
                    bytes = spliced(bytes, at, bytes.length, other, Math.min(at, other.length), other.length);
                }
                default -> bytes = spliced(bytes, at, at, bytes, at, Math.min(bytes.length, at + piece));
            }
        }
        return bytes;
    }

    /** Two, four or eight bytes of an extreme number, in either byte order. */
    private void extreme(byte[] bytes, int at) {
        long value = EXTREMES[random.nextInt(EXTREMES.length)];
        int size = 2 << random.nextInt(3);
        boolean little = random.nextBoolean();
        for (int i = 0; i < size && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) (value >> 8 * (little ? i : size - 1 - i));
        }
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] other, int start, int end) {
        byte[] result = new byte[from + end - start + bytes.length - to];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(other, start, result, from, end - start);
        System.arraycopy(bytes, to, result, from + end - start, bytes.length - to);
        return result;
    }

    /**
     * A word with one fault; a slash neither comes nor goes, so that a path stays in its folder.
     *
     * @param word any
     * @return another word, possibly the same
     */
    public String mutated(String word) {
        String extreme = WORDS.get(random.nextInt(WORDS.size()));
        int at = random.nextInt(word.length() + 1);
        int end = random.nextInt(at, word.length() + 1);
        return switch (random.nextInt(5)) {
            case 0 -> extreme;
            case 1 -> word.substring(0, at) + extreme + word.substring(at);
            case 2 -> word.substring(0, at) + word.substring(end);
            case 3 -> word.substring(0, end) + word.substring(at);
            default ->
                at == word.length()
                        ? word + (char) random.nextInt('0', 'z')
                        : word.substring(0, at) + (char) random.nextInt('0', 'z') + word.substring(at + 1);
        };
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
