dataset_type = 'ImageNet'
train_dataloader = dict(
    batch_size=32,
    num_workers=5,
    dataset=dict(
        type=dataset_type,
        split='train'),
)
