_base_ = [
    './_base_/imagenet.py', './_base_/imagenet_bs256.py',
]
model = dict(type='ImageClassifier', backbone=dict(type='ResNet', depth=50))
