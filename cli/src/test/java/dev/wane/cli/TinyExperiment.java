package dev.wane.cli;

/** The smallest experiment that goes through every stage. */
final class TinyExperiment {
    static final String TEXT = """
            name: tiny
            task: {data: fashion-mnist, samples: 500, validation: 500}
            model: [{norm: layer, width: 16}, {norm: scale-invariant, width: 16}]
            base: {optimizer: adamw, learningRate: 1e-3, batchSize: 10, epochs: 4, schedule: cosine}
            tune: {weightDecay: {from: 0.5, to: 32, factor: 4}, extend: 1}
            targets: [{batchSize: 50, learningRateRule: sqrt}]
            seeds: {tune: 1, confirm: 3}
            """;

    private TinyExperiment() {}
}
