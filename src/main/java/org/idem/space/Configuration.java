package org.idem.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** One point of a configuration space with the seed of everything random in its trial; prints as one line. */
public final class Configuration {
    /** Seeds below this are short enough for a line that people read. */
    private static final long SHORT_SEEDS = 4;

    private final List<Dimension> space;
    private final double[] values;
    private final long seed;

    /**
     * Checks every value against its dimension.
     *
     * @param space where it lives
     * @param values one number per dimension
     * @param seed seed of images and weights
     */
    public Configuration(List<Dimension> space, List<Double> values, long seed) {
        this(List.copyOf(space), values.stream().mapToDouble(value -> value).toArray(), seed);
        if (space.size() != values.size()) {
            throw new IllegalArgumentException(
                    "a configuration needs " + space.size() + " values, got " + values.size());
        }
        for (int i = 0; i < values.size(); i++) {
            if (!space.get(i).contains(values.get(i))) {
                throw new IllegalArgumentException(
                        "the replay line needs " + space.get(i).describe() + ", got " + values.get(i));
            }
        }
    }

    /** Of values that their dimensions contain; keeps the array. */
    private Configuration(List<Dimension> space, double[] values, long seed) {
        this.space = space;
        this.values = values;
        this.seed = seed;
    }

    /**
     * Draws a configuration. Of a space of many sizes most are drawn in vain, so this must be quick.
     *
     * @param space dimensions
     * @param seed determines everything
     * @return the configuration
     */
    public static Configuration draw(List<Dimension> space, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[space.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = space.get(i).draw(random);
        }
        return new Configuration(List.copyOf(space), values, random.nextLong());
    }

    /**
     * Where it lives.
     *
     * @return the dimensions
     */
    public List<Dimension> space() {
        return space;
    }

    /**
     * The numbers of the dimensions; a choice has the index of its word.
     *
     * @return one for each dimension
     */
    public List<Double> values() {
        return Arrays.stream(values).boxed().toList();
    }

    /**
     * Seed of images and weights.
     *
     * @return any number
     */
    public long seed() {
        return seed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Configuration configuration
                && space.equals(configuration.space)
                && Arrays.equals(values, configuration.values)
                && seed == configuration.seed;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + Long.hashCode(seed);
    }

    /**
     * Reads what {@link #toString} printed.
     *
     * @param space dimensions
     * @param line name=value pairs separated by spaces
     * @return the configuration
     * @throws IllegalArgumentException if a name is missing, unknown, or has a value outside its dimension
     */
    public static Configuration parse(List<Dimension> space, String line) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String word : line.isBlank() ? new String[0] : line.strip().split("\\s+")) {
            int equals = word.indexOf('=');
            if (equals < 1 || words.put(word.substring(0, equals), word.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("a replay line holds each name=value once, got '" + word + "'");
            }
        }
        List<Double> values = new ArrayList<>();
        for (Dimension dimension : space) {
            String word = words.remove(dimension.name());
            if (word == null && dimension instanceof Dimension.Choice choice && choice.assumed()) {
                values.add(0.0);
            } else if (word == null) {
                throw new IllegalArgumentException("the replay line lacks " + dimension.name());
            } else if (dimension instanceof Dimension.Choice choice) {
                if (!choice.options().contains(word)) {
                    throw new IllegalArgumentException("the replay line needs " + choice.describe() + ", got " + word);
                }
                values.add((double) choice.options().indexOf(word));
            } else {
                values.add(number(dimension, word));
            }
        }
        String seed = words.remove("seed");
        if (seed == null || !words.isEmpty()) {
            throw new IllegalArgumentException(
                    "the replay line " + (seed == null ? "lacks seed" : "has unknown " + words.keySet()));
        }
        return new Configuration(space, values, seed(seed));
    }

    private static double number(Dimension dimension, String word) {
        double value = Double.NaN;
        try {
            value = Double.parseDouble(word);
        } catch (NumberFormatException e) {
            // no number is in no dimension
        }
        if (!dimension.contains(value)) {
            throw new IllegalArgumentException(
                    "the replay line needs " + dimension.describe() + ", got " + (word.isEmpty() ? "nothing" : word));
        }
        return value;
    }

    private static long seed(String word) {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the replay line needs seed from " + Long.MIN_VALUE + " to "
                    + Long.MAX_VALUE + ", a whole number, got " + (word.isEmpty() ? "nothing" : word));
        }
    }

    /**
     * The value on an axis.
     *
     * @param axis of which the space has a dimension
     * @param <T> type of the values
     * @return the value
     */
    public <T> T get(Axis<T> axis) {
        int index = index(axis);
        if (index < 0) {
            throw new IllegalArgumentException("there is no dimension " + axis.name());
        }
        return axis.value(space.get(index), values[index]);
    }

    /**
     * The value on an axis, if the space has it.
     *
     * @param axis any
     * @param otherwise what the space means without a dimension of this axis
     * @param <T> type of the values
     * @return the value
     */
    public <T> T get(Axis<T> axis, T otherwise) {
        int index = index(axis);
        return index < 0 ? otherwise : axis.value(space.get(index), values[index]);
    }

    /**
     * Whether the space has a dimension of an axis.
     *
     * @param axis any
     * @return true if it has
     */
    public boolean has(Axis<?> axis) {
        return index(axis) >= 0;
    }

    private int index(Axis<?> axis) {
        return index(axis.name());
    }

    private int index(String name) {
        for (int i = 0; i < space.size(); i++) {
            if (space.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The same point with other random numbers.
     *
     * @param other seed
     * @return the configuration
     */
    public Configuration withSeed(long other) {
        return new Configuration(space, values, other);
    }

    /**
     * The number of a dimension.
     *
     * @param index which dimension of the space
     * @return its value; a choice has the index of its word
     */
    public double number(int index) {
        return values[index];
    }

    /**
     * The same point but for one dimension.
     *
     * @param index which dimension of the space
     * @param value one that it contains
     * @return the configuration
     */
    public Configuration withNumber(int index, double value) {
        List<Double> changed = new ArrayList<>(values());
        changed.set(index, value);
        return new Configuration(space, changed, seed);
    }

    /**
     * The same point but for one axis.
     *
     * @param axis of which the space has a dimension
     * @param thing one that the dimension contains
     * @param <T> type of the things
     * @return the configuration
     */
    public <T> Configuration with(Axis.Words<T> axis, T thing) {
        int index = index(axis);
        return withNumber(index, ((Dimension.Choice) space.get(index)).options().indexOf(axis.word(thing)));
    }

    /**
     * Simpler configurations.
     *
     * @return candidates that differ in one dimension, then some with a short seed
     */
    public List<Configuration> simpler() {
        List<Configuration> candidates = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            for (double value : space.get(i).simpler(values[i])) {
                List<Double> changed = new ArrayList<>(values());
                changed.set(i, value);
                candidates.add(new Configuration(space, changed, seed));
            }
        }
        for (long small = 0; small < (seed >= 0 ? Math.min(seed, SHORT_SEEDS) : SHORT_SEEDS); small++) {
            candidates.add(withSeed(small));
        }
        return candidates;
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            Dimension dimension = space.get(i);
            double value = values[i];
            line.append(dimension.name()).append('=');
            if (dimension instanceof Dimension.Choice choice) {
                line.append(choice.options().get((int) value));
            } else if (dimension instanceof Dimension.Real) {
                line.append(value);
            } else {
                line.append((int) value);
            }
            line.append(' ');
        }
        return line.append("seed=").append(seed).toString();
    }
}
