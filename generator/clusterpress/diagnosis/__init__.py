"""Diagnosis: what is missing on this machine and in a project, and how to get it.

In: this machine, the folder of a project. Out: findings, each with its remedy.
May not enter: the network, changes of any file of the project.
"""
