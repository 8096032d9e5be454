package dev.wane.lab.trial;

import dev.wane.data.FashionMnist;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tasks by specification, loaded once and shared by the trials of a process. */
public final class Tasks {
    private final Map<EngineTrialSpec.Task, ImageTask> untested = new ConcurrentHashMap<>();
    private final Map<EngineTrialSpec.Task, Task> tested = new ConcurrentHashMap<>();

    /** Known data sets and their training samples. */
    public static Map<String, Integer> trainingSizes() {
        return Map.of(FashionMnist.NAME, FashionMnist.TRAINING_SIZE);
    }

    /** SHA-256 of a data set's files. */
    public static Map<String, String> checksums(String data) {
        if (!data.equals(FashionMnist.NAME)) {
            throw new IllegalArgumentException("unknown data set '" + data + "'");
        }
        return FashionMnist.checksums();
    }

    /**
     * The task of a trial.
     *
     * @throws dev.wane.data.CorruptedDataException if a data file is not the listed one
     */
    public Task get(EngineTrialSpec.Task spec) {
        return spec.test() ? tested.computeIfAbsent(spec, this::withTest) : untested(spec);
    }

    /** Confirmation shares the images of tuning, which take seconds to decode. */
    private Task withTest(EngineTrialSpec.Task spec) {
        return untested(spec.untested()).withTest();
    }

    private ImageTask untested(EngineTrialSpec.Task spec) {
        return untested.computeIfAbsent(spec, ImageTask::load);
    }
}
