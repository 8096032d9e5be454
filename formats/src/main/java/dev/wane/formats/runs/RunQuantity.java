package dev.wane.formats.runs;

import java.util.List;

/** What a column of settings may be, and the names under which people write it. */
public enum RunQuantity {
    FRAMEWORK("framework", List.of("framework", "backend")),
    OPTIMIZER("optimizer", List.of("optimizer", "optim", "opt", "optimizername", "optimizertype", "optimname")),
    LEARNING_RATE(
            "learningRate",
            List.of("learningrate", "lr", "peaklr", "maxlr"),
            List.of("baselr", "initlr", "lr0", "eta")),
    WEIGHT_DECAY("weightDecay", List.of("weightdecay", "wd"), List.of("l2", "lambda", "decay")),
    MOMENTUM("momentum", List.of("momentum")),
    BATCH_SIZE(
            "batchSize",
            List.of("batchsize", "globalbatchsize", "totalbatchsize", "effectivebatchsize"),
            List.of("trainbatchsize", "batch", "bs")),
    MICRO_BATCH_SIZE("microBatchSize", List.of("perdevicetrainbatchsize", "microbatchsize", "perdevicebatchsize")),
    ACCUMULATION(
            "accumulation",
            List.of("gradientaccumulationsteps", "accumulategradbatches", "gradaccumsteps", "gradaccum", "accumsteps")),
    REPLICAS("replicas", List.of("worldsize", "numdevices", "numprocesses", "ngpus", "numgpus", "replicas")),
    DATASET_SIZE(
            "datasetSize",
            List.of("datasetsize", "numsamples", "trainsize", "numtrain", "ntrain", "trainsamples", "samples")),
    EPOCHS("epochs", List.of("epochs", "numepochs", "maxepochs", "numtrainepochs", "nepochs", "totalepochs")),
    STEPS("steps", List.of("steps", "maxsteps", "totalsteps", "numsteps", "trainiters", "maxiters", "numtrainsteps")),
    SCHEDULE("schedule", List.of("schedule", "lrschedule", "lrschedulertype", "lrscheduler", "scheduler", "sched")),
    WARMUP_STEPS("warmupSteps", List.of("warmupsteps", "numwarmupsteps", "lrwarmupsteps")),
    SEED("seed", List.of("seed", "randomseed", "manualseed", "globalseed"));

    private final String id;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<List<String>> names;

    RunQuantity(String id, List<String> names) {
        this(id, names, List.of());
    }

    RunQuantity(String id, List<String> names, List<String> doubtful) {
        this.id = id;
        this.names = List.of(names, doubtful);
    }

    /** The name used in recipes, and by {@code --column}. */
    public String id() {
        return id;
    }

    /** Names without case and punctuation, those first that leave no doubt. */
    List<List<String>> names() {
        return names;
    }
}
