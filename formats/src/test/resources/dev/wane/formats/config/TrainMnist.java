package com.example;

import ai.djl.basicdataset.cv.classification.Mnist;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;

public final class TrainMnist {
    private static final int BATCH = 4 * 32;

    public static void main(String[] args) throws Exception {
        var train = Mnist.builder().setSampling(BATCH, true).build();
        var config = new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(Optimizer.adamW()
                        .optLearningRateTracker(Tracker.cosine().setBaseValue(1e-3f).optFinalValue(0f).setMaxUpdates(4690).build())
                        .optWeightDecays(0.5f)
                        .build());
        try (var model = Models.mlp();
                var trainer = model.newTrainer(config)) {
            EasyTrain.fit(trainer, 10, train, null);
        }
    }
}
