package dev.wane.lab.command;

import dev.wane.formats.experiment.MetricSource;
import dev.wane.formats.log.Logged;
import dev.wane.formats.log.RunLog;
import dev.wane.formats.log.Tables;
import dev.wane.formats.problem.InputException;
import dev.wane.lab.trial.TrialFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the figure of a trial in what it left behind. */
final class MeasuredMetric {
    static final String OUTPUT = "output.log";
    private static final int DEEPEST = 6;
    /** A file on a shared folder may be seen late. */
    private static final long PATIENCE_MILLIS = 3000;

    private static final long POLL_MILLIS = 100;

    private final MetricSource source;
    private final Path folder;
    private final boolean larger;

    MeasuredMetric(MetricSource source, Path folder, boolean larger) {
        this.source = source;
        this.folder = folder;
        this.larger = larger;
    }

    /**
     * The figure that is judged, and the one that confirmation reads: of one moment of the run.
     *
     * @param validation NaN where the program wrote that
     * @param test the same where there is no other
     */
    record Pair(double validation, double test) {}

    /** A value and where it stands. */
    private record Written(double step, double value, boolean isNull) {}

    /**
     * Finds both.
     *
     * @throws TrialFailure if one is not there
     */
    Pair read() {
        List<Written> judged = source.kind() == MetricSource.Kind.OUTPUT ? fromOutput() : written(source.name());
        int at = picked(judged);
        double validation = judged.get(at).value();
        return new Pair(validation, source.test() == null ? validation : beside(judged, at, written(source.test())));
    }

    /** The value of the same step; where no steps are written, the one at the same place. */
    private static double beside(List<Written> judged, int at, List<Written> others) {
        double step = judged.get(at).step();
        if (Double.isNaN(step)) {
            return others.get(at == judged.size() - 1 ? others.size() - 1 : Math.min(at, others.size() - 1))
                    .value();
        }
        double value = others.getFirst().value();
        for (Written other : others) {
            value = other.step() <= step ? other.value() : value;
        }
        return at == judged.size() - 1 ? others.getLast().value() : value;
    }

    private List<Written> written(String name) {
        List<Written> values = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        List<Path> files = files();
        for (Path file : files) {
            try {
                RunLog.each(file, logged -> collect(logged, name, values, seen));
            } catch (InputException e) {
                throw failure(String.valueOf(e.getMessage()));
            }
        }
        if (values.isEmpty()) {
            throw failure("has no '" + name + "' in " + folder.relativize(files.getFirst()) + "; it has "
                    + (seen.isEmpty() ? "no numbers" : String.join(", ", seen)));
        }
        return measured(name, values);
    }

    /**
     * Without the nulls of a logger that writes every column at every step: such a null stands before a number. Nulls that
     * only follow numbers are how programs without a word for NaN say it.
     */
    private List<Written> measured(String name, List<Written> values) {
        if (values.stream().allMatch(Written::isNull)) {
            throw failure("has nothing but null for '" + name + "'");
        }
        boolean between = values.stream().dropWhile(value -> !value.isNull()).anyMatch(value -> !value.isNull());
        return between ? values.stream().filter(value -> !value.isNull()).toList() : values;
    }

    private static void collect(Logged logged, String name, List<Written> values, Set<String> seen) {
        seen.add(logged.name());
        if (logged.name().equals(name)) {
            values.add(new Written(logged.step(), logged.value(), logged.isNull()));
        }
    }

    private List<Written> fromOutput() {
        Pattern pattern = Pattern.compile(String.valueOf(source.pattern()), Pattern.MULTILINE);
        List<Written> values = new ArrayList<>();
        try {
            // What was cut in the middle of a character is no reason to lose the rest.
            String output = new String(Files.readAllBytes(folder.resolve(OUTPUT)), StandardCharsets.UTF_8);
            Matcher matcher = pattern.matcher(output);
            while (matcher.find()) {
                values.add(new Written(Double.NaN, figure(matcher.group(1)), false));
            }
        } catch (IOException e) {
            throw failure("has an output that cannot be read: " + e.getMessage());
        }
        if (values.isEmpty()) {
            throw failure("has nothing in its output that matches '" + source.pattern() + "'");
        }
        return values;
    }

    private double figure(String text) {
        return Tables.figure(text.replaceFirst("^[-+](?i)nan$", "nan"))
                .orElseThrow(() -> failure("has '" + text + "' in its output where the figure should be"));
    }

    /** The place of the last value, or of the best that is a number. */
    private int picked(List<Written> values) {
        if (source.pick() == MetricSource.Pick.LAST) {
            return values.size() - 1;
        }
        Comparator<Integer> byValue = Comparator.comparingDouble(
                at -> (larger ? 1 : -1) * values.get(at).value());
        return IntStream.range(0, values.size())
                .filter(at -> !Double.isNaN(values.get(at).value()))
                .boxed()
                .max(byValue)
                .orElse(values.size() - 1);
    }

    private List<Path> files() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        List<Path> files = found();
        while (files.isEmpty() && System.nanoTime() < deadline) {
            pause();
            files = found();
        }
        if (files.isEmpty()) {
            throw failure("left no " + wanted() + " in " + folder);
        }
        return files;
    }

    private String wanted() {
        return switch (source.kind()) {
            case CSV -> source.file().isEmpty() ? "*.csv" : source.file();
            case TENSORBOARD -> "TensorBoard events";
            case JSON_LINES, TRAINER_STATE, OUTPUT ->
                source.file().isEmpty() ? source.kind().id() : source.file();
        };
    }

    private List<Path> found() {
        return switch (source.kind()) {
            case TENSORBOARD -> under(RunLog::isEvents);
            case TRAINER_STATE -> latestState();
            case CSV ->
                source.file().isEmpty() ? theOnly(under(file -> file.toString().endsWith(".csv"))) : named();
            case JSON_LINES, OUTPUT -> named();
        };
    }

    private List<Path> named() {
        Path file = folder.resolve(source.file());
        return Files.isRegularFile(file) ? List.of(file) : List.of();
    }

    private List<Path> theOnly(List<Path> files) {
        if (files.size() > 1) {
            throw failure("left several tables: "
                    + String.join(", ", files.stream().map(Path::toString).toList()) + "; name one: from: NAME.csv");
        }
        return files;
    }

    /** The trainer's own, or that of its last checkpoint. */
    private List<Path> latestState() {
        Comparator<Path> byStep = Comparator.comparingLong(MeasuredMetric::step);
        return under(file -> file.endsWith("trainer_state.json")).stream().max(byStep).stream()
                .toList();
    }

    private static long step(Path state) {
        Path folder = state.getParent();
        String parent = folder == null ? "" : String.valueOf(folder.getFileName());
        return parent.matches("checkpoint-\\d{1,18}") ? Long.parseLong(parent.substring(11)) : Long.MAX_VALUE;
    }

    private List<Path> under(Predicate<Path> wanted) {
        try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
            return files.filter(Files::isRegularFile).filter(wanted).sorted().toList();
        } catch (IOException e) {
            throw failure("has a folder that cannot be listed: " + e.getMessage());
        }
    }

    private TrialFailure failure(String message) {
        return new TrialFailure(message, Output.tail(folder.resolve(OUTPUT)));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
